import BPIR
import BPInterp

extension OptionDescription {
  /// The program as an argument.
  static let expression = OptionDescription(
    name: "expression", short: "e", help: "An expression to use in place of a file.",
    value: Value(name: "expression", kind: .text))

  /// Every result.
  static let all = OptionDescription(
    name: "all", help: "Print every named value, not only the result, and large arrays whole.")

  /// Large arrays whole.
  static let whole = OptionDescription(name: "all", help: "Print large arrays whole.")

  /// Files of data.
  static let data = OptionDescription(
    name: "data", help: "A CSV or JSON file that has values of the program's names.",
    value: Value(name: "file", kind: .file(withExtension: nil)), isRepeatable: true)

  /// Files of parameters.
  static let params = OptionDescription(
    name: "params", help: "A JSON file of parameters, which count more than --data.",
    value: Value(name: "file", kind: .file(withExtension: "json")), isRepeatable: true)

  /// Float64 or Float32.
  static let precision = OptionDescription(
    name: "precision", help: "The numbers that the program computes with.",
    value: .words("precision", Precision.allCases))

  /// Float64 or Float32, which a module may choose, too.
  static let gradientPrecision = OptionDescription(
    name: "precision",
    help: "The numbers that the program computes with; else what bpc.json says, or float64.",
    value: Value(name: "precision", kind: .words(Precision.allCases.map(\.rawValue))))

  /// How long loops may run.
  static let maxSteps = OptionDescription(
    name: "max-steps", help: "The most turns that the loops of a run take together.",
    value: Value(name: "count", kind: .count, defaultText: "\(RunLimits.defaultTurns)"),
    excludes: ["emit-swift", "emit-ir"])

  /// How much a run may hold.
  static let memory = OptionDescription(
    name: "memory",
    help: "The most bytes that a run holds, such as 64M; else half of what there is.",
    value: Value(name: "size", kind: .byteCount))

  /// What is made of the rows of data.
  static let reduce = OptionDescription(
    name: "reduce", help: "Print the sum or mean of the derivatives of all rows.",
    value: Value(name: "reduction", kind: .words(RowReduction.allCases.map(\.rawValue))))

  /// First derivatives of an array.
  static let jacobian = OptionDescription(
    name: "jacobian",
    help: "Differentiate every element of an array, or in emitted Swift several results.",
    excludes: ["hessian", "check", "emit-ir", "batch", "with-tests"])

  /// Unstable spellings as they are.
  static let noRewrite = OptionDescription(
    name: "no-rewrite", help: "Keep numerically unstable spellings as they are written.")

  /// The result that is differentiated.
  static let of = OptionDescription(
    name: "of",
    help:
      "The name to differentiate, if it is not the result; of an emitted Jacobian several, with commas.",
    value: Value(name: "name", kind: .text))

  /// The names that the derivative is taken by.
  static let wrt = OptionDescription(
    name: "wrt", help: "The names to differentiate with respect to, separated by commas.",
    value: Value(name: "names", kind: .names), isRepeatable: true)

  /// The gradient, tested.
  static let check = OptionDescription(
    name: "check", help: "Compare the gradient with finite differences and with forward mode.",
    excludes: ["precision", "reduce"])

  /// Second derivatives.
  static let hessian = OptionDescription(
    name: "hessian", help: "Compute the second derivatives, too.")

  /// Swift in place of numbers.
  static let emitSwift = OptionDescription(
    name: "emit-swift", help: "Print the gradient or Jacobian as Swift source.",
    excludes: ["emit-ir", "check", "format", "reduce"])

  /// Swift over rows of data.
  static let batch = OptionDescription(
    name: "batch", help: "Add functions over rows of data to the emitted Swift.",
    needs: ["emit-swift"])

  /// Tests of the emitted Swift.
  static let withTests = OptionDescription(
    name: "with-tests",
    help: "Write tests of the emitted Swift beside it, which is in this module.",
    value: Value(name: "module", kind: .name), needs: ["emit-swift"])

  /// IR in place of numbers.
  static let emitIR = OptionDescription(
    name: "emit-ir", help: "Print the gradient in the compiler's own representation.",
    excludes: ["check", "format"])

  /// The namespace of the emitted Swift.
  static let namespace = OptionDescription(
    name: "name", help: "The namespace of the emitted Swift, if it is not the file's name.",
    value: Value(name: "name", kind: .name), needs: ["emit-swift", "show"])

  /// Who may use the emitted Swift.
  static let access = OptionDescription(
    name: "access", help: "The access level of the emitted Swift.",
    value: Value(name: "level", kind: .words(SwiftAccess.allCases.map(\.rawValue))),
    needs: ["emit-swift", "show"])

  /// The folder of a module.
  static let folder = OptionDescription(
    name: "folder",
    help: "The folder of a module, whose bpc.json counts and whose subfolders are part of names.",
    value: Value(name: "folder", kind: .file(withExtension: nil)), needs: ["emit-swift"])

  /// Other programs of a module.
  static let beside = OptionDescription(
    name: "beside", help: "Another program of the module, which needs another namespace.",
    value: Value(name: "file", kind: .file(withExtension: "bp")), isRepeatable: true,
    needs: ["folder"])

  /// Stages of the compiler.
  static let show = OptionDescription(
    name: "show", help: "A stage of the compilation to print.",
    value: Value(name: "stage", kind: .words(Stage.allCases.map(\.rawValue))), isRepeatable: true)

  /// How far a step goes.
  static let stepRate = OptionDescription(
    name: "rate", help: "Show the step that the derivatives lead to, of this rate.",
    value: Value(name: "rate", kind: .number),
    synonyms: ["lr", "learning-rate", "learning_rate", "step-size", "step"])

  /// A step up.
  static let stepUp = OptionDescription(
    name: "maximize", help: "Take the step up, to larger values.", needs: ["rate"])

  /// Elements of arrays.
  static let element = OptionDescription(
    name: "element", help: "Show the numbers of an element of an array, such as W1[0,2].",
    value: Value(name: "element", kind: .text), isRepeatable: true)

  /// The form of a page.
  static let pageFormat = OptionDescription(
    name: "format", help: "The form of the page, if the file's name does not tell it.",
    value: .words("format", ExplainArguments.PageFormat.allCases))

  /// No word about what is not finite.
  static let noBlame = OptionDescription(
    name: "no-blame", help: "Say nothing about where NaN and infinities come from.")

  /// Kinks.
  static let trace = OptionDescription(
    name: "trace", help: "List the kinks that the run hits, with their slopes.",
    excludes: ["emit-swift", "emit-ir", "show", "check"])

  /// The file for the results.
  static let output = OptionDescription(
    name: "output", short: "o", help: "The file to write to, or '-' for standard output.",
    value: Value(name: "file", kind: .file(withExtension: nil)),
    synonyms: ["output-file", "out", "out-file", "outfile", "save-to"])

  /// More messages.
  static let verbose = OptionDescription(
    name: "verbose", short: "v", help: "Report what is done.", excludes: ["quiet"])

  /// Fewer messages.
  static let quiet = OptionDescription(
    name: "quiet", short: "q", help: "Print only results and errors.")

  /// Colors.
  static let color = OptionDescription(
    name: "color", help: "When to use color.", value: .words("color", ColorChoice.allCases))

  /// Returns the form of the results, of which the first is the default.
  static func format(_ formats: [OutputFormat]) -> OptionDescription {
    OptionDescription(
      name: "format", help: "The form of the result.", value: .words("format", formats))
  }

  /// The options that every command understands.
  static let universal = [
    OptionDescription(name: "version", help: "Show the version.", request: .version),
    OptionDescription(
      name: "help", short: "h", help: "Show help information.", request: .help),
    OptionDescription(
      name: "help-hidden", help: "Show help information, hidden options included.",
      isHidden: true, request: .hiddenHelp),
    OptionDescription(
      name: "dump-help", help: "Print the command as JSON.", isHidden: true, request: .dump),
    OptionDescription(
      name: "experimental-dump-help", help: "Print the command as JSON.", isHidden: true,
      request: .dump),
    OptionDescription(
      name: "generate-completion-script", help: "Print a completion script.",
      value: Value(name: "shell", kind: .words(CompletionShell.allCases.map(\.rawValue))),
      isHidden: true, request: .completionScript),
  ]
}

extension OptionDescription.Value {
  /// Returns a value that is one of `choices`, of which the first is the default.
  static func words(
    _ name: String, _ choices: [some RawRepresentable<String>]
  ) -> OptionDescription.Value {
    let words = choices.map(\.rawValue)
    return OptionDescription.Value(name: name, kind: .words(words), defaultText: words.first)
  }
}
