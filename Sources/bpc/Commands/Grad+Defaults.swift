import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

extension Grad {
  /// Returns what the parameters of emitted functions are unless they are given, as far as `--params` says it, by
  /// the numbers of their leaves.
  func swiftDefaults(
    _ module: Module, _ source: Source
  ) throws(CommandFailure) -> [Int: Tensor] {
    let files = arguments.data.parameters
    guard !files.isEmpty else { return [:] }
    var binder = Binder(module, source, compiler)
    let parameters = try DataSource(files, names: Set(module.leaves.map(\.name)))
    try commanding { () throws(ProgramFailure) in try binder.bind(parameters) }
    var defaults: [Int: Tensor] = [:]
    for (index, value) in binder.values.enumerated() {
      guard let value else { continue }
      defaults[index] = try checked(value, module.leaves[index])
    }
    return defaults
  }

  private func checked(_ value: Tensor, _ leaf: Leaf) throws(CommandFailure) -> Tensor {
    guard value.isScalar == leaf.type.isScalar else {
      throw .run("--params: '\(leaf.name)' has to be an array to be the default of one in Swift")
    }
    guard value.count <= SwiftModel.mostChosenElements else {
      throw .run(
        "--params: '\(leaf.name)' has \(value.count) elements, and a default in Swift has at most "
          + "\(SwiftModel.mostChosenElements); pass it as an argument")
    }
    return value
  }
}
