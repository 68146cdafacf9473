import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

extension Grad {
  /// Returns what the parameters of emitted functions are unless they are given, as far as `name=value` and
  /// `--params` say it, by the numbers of their leaves.
  func swiftDefaults(
    _ module: Module, _ source: Source
  ) throws(CommandFailure) -> [Int: Tensor] {
    noteUnused(module)
    let parameters = try DataSource(
      arguments.data.parameters, names: Set(module.leaves.map(\.name)))
    var binder = Binder(module, source, compiler)
    try binder.bind(arguments.bindings)
    try commanding { () throws(ProgramFailure) in try binder.bind(parameters) }
    var defaults: [Int: Tensor] = [:]
    for (index, value) in binder.values.enumerated() {
      if let value { defaults[index] = try checked(value, module.leaves[index]) }
    }
    return defaults
  }

  /// Says what emitted functions, which take data and sizes as they are called, do not use; tests of them do.
  private func noteUnused(_ module: Module) {
    guard arguments.testedModule == nil else { return }
    if !arguments.data.data.isEmpty {
      reporter.note(
        "--data says nothing to --emit-swift; the numbers of --params are defaults of parameters")
    }
    for binding in arguments.bindings where module.symbols.contains(binding.name) {
      reporter.note(
        "'\(binding.name)' is a size, and says nothing to --emit-swift: arrays of any size fit")
    }
  }

  /// Says that values say nothing to the intermediate representation.
  func noteUnusedValues() {
    let files = arguments.data.data + arguments.data.parameters
    guard !arguments.bindings.isEmpty || !files.isEmpty else { return }
    reporter.note("values of names say nothing to --emit-ir")
  }

  private func checked(_ value: Tensor, _ leaf: Leaf) throws(CommandFailure) -> Tensor {
    guard value.isScalar == leaf.type.isScalar else {
      throw .run("'\(leaf.name)' has to be an array to be the default of one in Swift")
    }
    guard value.count <= SwiftModel.mostChosenElements else {
      throw .run(
        "'\(leaf.name)' has \(value.count) elements, and a default in Swift has at most "
          + "\(SwiftModel.mostChosenElements); pass it as an argument")
    }
    return value
  }
}
