import BackpropCompiler

/// The commands of the tool: the one place that says what can be typed.
enum CommandTable {
  /// The name of the tool.
  static let toolName = "bpc"
  /// The version of the tool.
  static let version = Compiler.version

  /// The tool itself, which is what stands before a command.
  static let root = CommandDescription(
    name: toolName,
    abstract: "A compiler for differentiable expressions.",
    discussion: """
      Without arguments, bpc starts an interactive session on a terminal and runs a script from \
      a pipe. 'bpc model.bp' is short for 'bpc eval model.bp'.
      """,
    makeInvocation: { arguments in .repl(ReplArguments(arguments)) })

  /// The commands, in the order of the help.
  static let commands: [CommandDescription] = programCommands + [help]

  /// The command that files, expressions and options before any command belong to.
  static let eval = CommandDescription(
    name: "eval",
    abstract: "Evaluate a program and print its result.",
    positionals: [.program, .bindings],
    options: [
      .expression, .data, .params, .format([.text, .json, .csv, .npy]), .all, .output,
      .precision, .maxSteps, .memory, .noRewrite, .noBlame, .verbose, .quiet, .color,
    ],
    makeInvocation: { arguments throws(UsageError) in .eval(try EvalArguments(arguments)) })

  /// The commands that work on programs.
  private static let programCommands: [CommandDescription] = [
    eval,
    CommandDescription(
      name: "grad",
      abstract: "Differentiate a program and print its gradient.",
      positionals: [.program, .bindings],
      options: [
        .expression, .data, .params, .of, .wrt, .check, .hessian, .jacobian, .reduce, .emitSwift,
        .emitIR, .batch, .withTests, .namespace, .access, .folder, .beside, .show,
        .format([.text, .json, .csv]), .whole, .output, .gradientPrecision, .maxSteps, .memory,
        .noRewrite, .noBlame, .trace, .verbose, .quiet, .color,
      ],
      makeInvocation: { arguments throws(UsageError) in .grad(try GradArguments(arguments)) }),
    CommandDescription(
      name: "explain",
      abstract: "Show the chain rule step by step, with numbers.",
      discussion: "The form follows from the file's name: .md, .tex or .txt.",
      positionals: [.program, .bindings],
      options: [
        .expression, .data, .params, .row, .of, .wrt, .stepRate, .stepUp, .element, .pageFormat,
        .output, .precision, .maxSteps, .memory, .noRewrite, .noBlame, .trace, .verbose, .quiet,
        .color,
      ],
      makeInvocation: { arguments throws(UsageError) in .explain(try ExplainArguments(arguments)) }),
    CommandDescription(
      name: "graph",
      abstract: "Draw what is computed of what, with values and derivatives.",
      discussion: """
        The form follows from the file's name: .svg, .html, .dot, .mmd or .txt. The HTML page is one file, in \
        which inputs can be dragged.
        """,
      positionals: [.program, .bindings],
      options: [
        .expression, .data, .params, .row, .of, .wrt, .collapse, .maxNodes, .digits, .graphFormat,
        .output, .maxSteps, .memory, .noRewrite, .noBlame, .verbose, .quiet, .color,
      ],
      makeInvocation: { arguments throws(UsageError) in .graph(try GraphArguments(arguments)) }),
    CommandDescription(
      name: "plot",
      abstract: "Plot values over a variable, or the levels of one over two.",
      discussion: """
        What is plotted over has a range, from the first number to the last: \
        'bpc plot model.bp x=-6..6'. With two ranges the lines are \
        drawn along which the value is the same. '-o plot.svg' makes a picture.
        """,
      positionals: [.program, .bindings],
      options: [
        .expression, .data, .params, .plotted, .withGradient, .points, .range, .plotFormat, .output,
        .maxSteps, .memory, .noRewrite, .noBlame, .verbose, .quiet, .color,
      ],
      makeInvocation: { arguments throws(UsageError) in .plot(try PlotArguments(arguments)) }),
    CommandDescription(
      name: "train",
      abstract: "Move parameters to where the result is small.",
      discussion: """
        Trained are the declared parameters and the free names that --data has no values for. Where a \
        column of --data is bound to a number, the mean over all rows is minimised.
        """,
      positionals: [.program, .bindings],
      options: [
        .expression, .data, .params, .trainedResult, .trained, .method, .rate, .momentum,
        .smoothing,
        .epsilon, .decay, .history, .schedule, .rateFactor, .rateEvery, .rateEnd, .warmUp, .epochs,
        .batchSize, .seed, .maximize, .tolerance, .gradientTolerance, .patience, .save, .saveEvery,
        .resume, .paramsOut, .lossCurve, .format([.text, .json]), .whole, .output,
        .trainingPrecision, .maxSteps, .memory, .noRewrite, .noBlame, .verbose, .quiet, .color,
      ],
      makeInvocation: { arguments throws(UsageError) in .train(try TrainArguments(arguments)) }),
    CommandDescription(
      name: "check",
      abstract: "Report the errors of programs without running them.",
      positionals: [.programs],
      options: [.verbose, .quiet, .color],
      makeInvocation: { arguments in .check(CheckArguments(arguments)) }),
    CommandDescription(
      name: "repl",
      abstract: "Start an interactive session.",
      options: [.color],
      makeInvocation: { arguments in .repl(ReplArguments(arguments)) }),
  ]

  /// The command that explains.
  private static let help = CommandDescription(
    name: "help",
    abstract: "Explain a command, an error code or a part of the language.",
    positionals: [.topic(suggestions: programCommands.map(\.name) + HelpTopic.words)],
    makeInvocation: { arguments throws(UsageError) in .help(try HelpTopic(arguments)) })

  /// Returns the command named `name`.
  static func command(named name: String) -> CommandDescription? {
    commands.first { $0.name == name }
  }
}

extension PositionalDescription {
  /// The program that a command works on.
  static let program = PositionalDescription(
    name: "file", help: "The program's file, or '-' for standard input.",
    kind: .file(withExtension: "bp"), substitute: OptionDescription.expression.name)

  /// The programs that a command works on.
  static let programs = PositionalDescription(
    name: "file", help: "A program's file, or '-' for standard input.",
    kind: .file(withExtension: "bp"), isRepeatable: true)

  /// The values of the program's free names.
  static let bindings = PositionalDescription(
    name: "name=value", help: "A value for a name of the program.", kind: .binding,
    isOptional: true, isRepeatable: true)

  /// Returns what help is asked about.
  static func topic(suggestions: [String]) -> PositionalDescription {
    PositionalDescription(
      name: "topic",
      help:
        "A command, an error code like BP0012, a function like sigmoid, 'functions', 'operations', "
        + "or a part of the language: \(HelpChapter.all.map(\.word).joined(separator: ", ")).",
      kind: .suggestions(suggestions), isOptional: true)
  }
}
