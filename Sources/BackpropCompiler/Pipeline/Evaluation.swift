import BPIR
import BPInterp
import BPLexer

/// The values of a program that are asked for: its results, then perhaps all that have a name.
package struct Evaluation {
  private let module: Module
  /// The names of the values.
  package let names: [String]
  /// The values.
  package let values: [Value]

  /// Asks for the results of `module`, and for all that has a name where `all` says so.
  package init(_ module: Module, all: Bool) {
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

  /// Asks for what `wanted` names, or for the results of `module` where that is nothing.
  package init(_ module: Module, of wanted: [String]) throws(ProgramFailure) {
    let known = Evaluation(module, all: !wanted.isEmpty)
    var places: [Int] = []
    for name in wanted {
      guard let place = known.names.firstIndex(of: name) else {
        throw .unknown(name, among: known.names, option: "--of")
      }
      places.append(place)
    }
    self.module = module
    names = wanted.isEmpty ? known.names : wanted
    values = wanted.isEmpty ? known.values : places.map { known.values[$0] }
  }

  /// What the elements of the values are.
  package var elements: [ValueType.Element] { values.map { module.main.type(of: $0).element } }

  /// Returns a machine that computes the values, for arrays of the sizes of `bindings`.
  package func machine(
    _ bindings: Bindings, _ compiler: Compiler, _ source: Source
  ) throws(ProgramFailure) -> Machine {
    let function = compiler.specialized(
      compiler.optimized(module, results: values), to: bindings.sizes)
    if let problem = function.impossibleShape { throw .diagnostics([problem], in: source) }
    return compiler.machine(function)
  }
}

extension Module {
  /// The names of the program with their last values, leaves first, in the order of the text.
  package var namedValues: [(name: String, value: Value)] {
    var order: [String] = []
    var last: [String: Value] = [:]
    for (leaf, parameter) in zip(leaves, main.parameters) {
      order.append(leaf.name)
      last[leaf.name] = parameter
    }
    for named in main.names where !named.isInner {
      if last.updateValue(named.value, forKey: named.name) == nil { order.append(named.name) }
    }
    return order.compactMap { name in last[name].map { (name, $0) } }
  }
}

extension Machine {
  /// Runs the program, which `source` is the text of, for `arguments`.
  package func run(_ arguments: [Tensor], _ source: Source) throws(ProgramFailure) {
    do throws(Trap) {
      try run(arguments)
    } catch {
      throw failure(error, source)
    }
  }

  /// Runs the program, which `source` is the text of, for the arguments that were loaded.
  package func runLoaded(_ source: Source) throws(ProgramFailure) {
    do throws(Trap) {
      try runLoaded()
    } catch {
      throw failure(error, source)
    }
  }

  private func failure(_ trap: Trap, _ source: Source) -> ProgramFailure {
    .diagnostics([Diagnostic(trap, limits, precision, in: source)], in: source)
  }
}
