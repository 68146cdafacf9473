import BPAD
import BPIR
import BPInterp
import BPLexer

/// `bpc grad`: derivatives, as numbers, as text of a stage, or as Swift.
struct Grad {
  private let arguments: GradArguments
  private let output: BufferedOutput
  private let reporter: Reporter
  private var compiler = Compiler()

  init(_ arguments: GradArguments, _ output: BufferedOutput) {
    self.arguments = arguments
    self.output = output
    reporter = Reporter(verbosity: arguments.verbosity, color: arguments.color)
    compiler.options.rewrites = arguments.rewrites
    compiler.options.marked = Set(arguments.wrt)
  }

  func run() throws(CommandFailure) {
    let source = try arguments.source.read()
    if !arguments.stages.isEmpty, arguments.stages.allSatisfy(\.comesBeforeLowering) {
      return try write(stages(before: source))
    }
    let (compilation, module) = try compiler.load(source, reporter)
    if arguments.stages == [.ir] { return try write(module.text) }
    let objective = try Objective(module, of: arguments.of, wrt: arguments.wrt)
    let differentiation = Differentiation(
      compilation, module, objective, compiler, hessian: arguments.hessian)
    if let emission = arguments.emission {
      return try write(text(emission, differentiation))
    }
    guard arguments.stages.isEmpty else {
      let texts = arguments.stages.map { differentiation.text(of: $0, namespace: namespace) }
      return try write(texts.joined(separator: "\n"))
    }
    let bindings = try Bindings(arguments.bindings, module)
    if arguments.checks {
      return try check(differentiation, bindings, source)
    }
    let derivatives = try differentiation.derivatives(bindings, reporter)
    try write(arguments.format == .json ? derivatives.json : derivatives.text)
  }

  private func stages(before source: Source) -> String {
    let compilation = compiler.compile(source)
    reporter.report(compilation.diagnostics, in: source)
    return arguments.stages.map { stage in
      stage == .tokens ? tokenText(source) : compilation.tree.description
    }.joined(separator: "\n")
  }

  private func text(
    _ emission: GradArguments.Emission, _ differentiation: Differentiation
  ) -> String {
    switch emission {
    case .swift: differentiation.swift(namespace: namespace).text
    case .ir: differentiation.text(of: .gradient, namespace: namespace)
    }
  }

  /// The name of the enum of the emitted file.
  private var namespace: String {
    arguments.namespace ?? SwiftModel.namespace(forFile: arguments.source.fileName)
  }

  private func write(_ text: String) throws(CommandFailure) {
    guard case .file(let path) = arguments.output else { return output.write(text) }
    var inputs: [String] = []
    if case .input(.file(let input)) = arguments.source { inputs = [input] }
    do throws(OutputFailure) {
      try writeFile(Array(text.utf8), to: path, sparing: inputs)
    } catch {
      throw CommandFailure(message: error.message ?? "", exitCode: error.exitCode)
    }
  }

  private func check(
    _ differentiation: Differentiation, _ bindings: Bindings, _ source: Source
  ) throws(CommandFailure) {
    let check = GradientCheck(differentiation, bindings)
    try write(check.text)
    guard check.agrees else { throw .run("the derivatives do not agree") }
  }
}

extension Stage {
  /// Whether the stage exists for a program with mistakes too.
  fileprivate var comesBeforeLowering: Bool { self == .tokens || self == .syntax }
}

extension SourceArgument {
  /// The name of the program's file.
  var fileName: String {
    switch self {
    case .expression: "model"
    case .input(.standardInput): "model"
    case .input(.file(let path)): path
    }
  }
}
