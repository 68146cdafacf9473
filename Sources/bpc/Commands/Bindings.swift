import BPIR
import BPInterp
import BPLexer

/// The numbers that leaves are bound to.
struct Bindings {
  /// The values in the order of the leaves.
  let values: [Double]

  /// Binds the leaves to `values`, in their order.
  init(values: [Double]) { self.values = values }

  /// Binds the leaves of `module` by what was typed, or by their defaults.
  init(_ typed: [Binding], _ module: Module) throws(CommandFailure) {
    var texts: [String: String] = [:]
    for binding in typed {
      try Bindings.check(binding.name, module.leaves)
      guard texts.updateValue(binding.text, forKey: binding.name) == nil else {
        throw .run("'\(binding.name)' is bound twice")
      }
    }
    var values: [Double] = []
    var missing: [String] = []
    for leaf in module.leaves {
      if let text = texts[leaf.name] {
        values.append(try Bindings.number(text, leaf))
      } else if let number = leaf.defaultValue {
        values.append(number)
      } else {
        missing.append(leaf.name)
      }
    }
    guard missing.isEmpty else { throw .unbound(missing) }
    self.values = values
  }

  /// Throws unless `name` is that of a leaf.
  private static func check(_ name: String, _ leaves: [Leaf]) throws(CommandFailure) {
    let names = leaves.map(\.name)
    guard !names.contains(name) else { return }
    let near = nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? "."
    let list = names.map { "'\($0)'" }.joined(separator: ", ")
    throw .run(
      names.isEmpty
        ? "'\(name)' cannot be bound: the program has no leaves"
        : "the program has no leaf '\(name)'\(near) Its leaves are \(list)")
  }

  /// Returns the number that `text`, a constant expression, is for `leaf`.
  private static func number(_ text: String, _ leaf: Leaf) throws(CommandFailure) -> Double {
    guard let number = Double(text) ?? constant(text) else {
      throw .run("'\(leaf.name)=\(text)': this is no number")
    }
    if leaf.type == .integer,
      number != number.rounded() || number.magnitude > ValueType.largestInteger
    {
      throw .run("'\(leaf.name)=\(text)': '\(leaf.name)' is a whole number of at most 2^53")
    }
    return number
  }

  /// Returns the value of an expression without names, such as `pi/2`.
  static func constant(_ text: String) -> Double? {
    let compiler = Compiler()
    let compilation = compiler.compile(Source(name: "<value>", text: text))
    guard let module = compilation.module, module.leaves.isEmpty, module.resultNames.count == 1,
      module.main.type(of: module.main.results[0]) != .boolean
    else { return nil }
    let machine = Machine(
      compiler.program(compiler.optimized(module, results: module.main.results)))
    do {
      try machine.run([])
    } catch {
      return nil
    }
    return machine.result(0)
  }
}

extension CommandFailure {
  /// Returns the failure for leaves without a value.
  fileprivate static func unbound(_ names: [String]) -> CommandFailure {
    let list = names.map { "'\($0)'" }.joined(separator: ", ")
    let example = names.prefix(3).map { "\($0)=…" }.joined(separator: " ")
    return .run("no value for \(list); bind \(names.count == 1 ? "it" : "them") with \(example)")
  }
}
