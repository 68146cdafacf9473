import BPIR
import BPInterp
import BPLexer

/// `bpc eval`: the values of a program.
struct Eval {
  private let arguments: EvalArguments
  private let output: BufferedOutput

  init(_ arguments: EvalArguments, _ output: BufferedOutput) {
    self.arguments = arguments
    self.output = output
  }

  func run() throws(CommandFailure) {
    let source = try arguments.source.read()
    let reporter = Reporter(verbosity: arguments.verbosity, color: arguments.color)
    var compiler = Compiler()
    compiler.options.rewrites = arguments.rewrites
    let module = try compiler.load(source, reporter).module
    let bindings = try Bindings(arguments.bindings, module)
    let evaluation = Evaluation(module, all: arguments.printsAll || arguments.format == .json)
    let values = try evaluation.values(bindings, compiler, source, reporter)
    output.write(text(values, resultCount: module.resultNames.count))
  }

  private func text(_ values: [NamedScalar], resultCount: Int) -> String {
    let results = values[..<resultCount]
    let named = Array(values[resultCount...])
    switch arguments.format {
    case .text:
      let shown =
        arguments.printsAll ? named + results.filter { !named.contains($0) } : Array(results)
      return shown.map { "\($0.name) = \($0.scalar.text)\n" }.joined()
    case .json: return json(Array(results), named)
    case .csv:
      let shown = arguments.printsAll ? named : Array(results)
      return shown.map(\.name.csv).joined(separator: ",") + "\n"
        + shown.map(\.scalar.text).joined(separator: ",") + "\n"
    }
  }

  private func json(_ results: [NamedScalar], _ named: [NamedScalar]) -> String {
    let isTuple = results.count > 1
    let values = results.map(\.scalar.json).joined(separator: ", ")
    let name = results.map(\.name).joined(separator: ", ")
    return jsonObject([
      ("name", name.json), ("value", isTuple ? "[\(values)]" : values),
      ("values", jsonObject(named.map { ($0.name, $0.scalar.json) })),
    ]) + "\n"
  }
}

/// A value with its name.
struct NamedScalar: Equatable {
  let name: String
  let scalar: Scalar
}

/// The values of a program that are asked for: its results, then perhaps all that have a name.
struct Evaluation {
  private let module: Module
  private let names: [String]
  private let values: [Value]

  init(_ module: Module, all: Bool) {
    self.module = module
    var names = module.resultNames
    var values = module.main.results
    if all {
      for (name, value) in module.namedValues {
        names.append(name)
        values.append(value)
      }
    }
    self.names = names
    self.values = values
  }

  /// Returns the values for leaves that are bound.
  func values(
    _ bindings: Bindings, _ compiler: Compiler, _ source: Source, _ reporter: Reporter
  ) throws(CommandFailure) -> [NamedScalar] {
    let machine = Machine(compiler.program(compiler.optimized(module, results: values)))
    try machine.run(bindings, source, reporter)
    return names.indices.map { index in
      NamedScalar(
        name: names[index],
        scalar: Scalar(number: machine.result(index), type: module.main.type(of: values[index])))
    }
  }
}

extension Module {
  /// The names of the program with their last values, leaves first, in the order of the text.
  var namedValues: [(name: String, value: Value)] {
    var order: [String] = []
    var last: [String: Value] = [:]
    for (leaf, parameter) in zip(leaves, main.parameters) {
      order.append(leaf.name)
      last[leaf.name] = parameter
    }
    for named in main.names {
      if last.updateValue(named.value, forKey: named.name) == nil { order.append(named.name) }
    }
    return order.compactMap { name in last[name].map { (name, $0) } }
  }
}

extension Machine {
  /// Runs the program; reports where it ends early.
  func run(
    _ bindings: Bindings, _ source: Source, _ reporter: Reporter
  ) throws(CommandFailure) {
    do throws(Trap) {
      try run(bindings.values)
    } catch {
      reporter.report([.integerOutOfRange(error.value, at: error.span)], in: source)
      throw .reported
    }
  }
}

extension Diagnostic {
  /// Returns an error for an integer that is not exact.
  static func integerOutOfRange(_ value: Double, at span: Span) -> Diagnostic {
    Diagnostic(
      .integerOverflow,
      value.isNaN
        ? "the remainder of a division by 0 is no integer" : "this integer is beyond ±2^53",
      at: span, help: value.isNaN ? "" : "multiply by 1.0 to go on with real numbers")
  }

  /// Returns an error for a program whose calls expand to too much.
  static func programTooLarge(_ size: Int) -> Diagnostic {
    Diagnostic(
      .programTooLarge,
      "with its calls expanded the program has more than \(Module.largestExpansion) operations",
      at: Span(0, 0), help: "functions that call functions many times over multiply")
  }
}
