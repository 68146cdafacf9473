import BPIR
import BPInterp
import BPLexer

extension Binder {
  /// Returns the failure of a value that does not have the shape of its leaf.
  package func wrongShape(_ leaf: Leaf, _ shape: [Int], _ place: String) -> ProgramFailure {
    let found = shape.isEmpty ? "a number" : "shape \(Shape(shape))"
    let known = leaf.type.shape.substituting(sizes.mapValues { Dimension($0) })
    let needed = leaf.type.isScalar ? "a number" : "shape \(leaf.type.shape)"
    let detail = known == leaf.type.shape || leaf.type.isScalar ? "" : " = \(known)"
    let declared =
      leaf.type.isScalar && leaf.kind == .free
      ? "; declare it with a shape: input \(leaf.name): \(Shape(shape))" : ""
    return .run("\(place) has \(found), and \(needed)\(detail) is needed\(declared)")
  }

  /// Returns the failure of a name that is none of the program's.
  package func unknown(_ name: String) -> ProgramFailure {
    let names = module.leaves.map(\.name) + module.symbols
    let near = nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? "."
    let list = names.map { "'\($0)'" }.joined(separator: ", ")
    return .run(
      names.isEmpty
        ? "'\(name)' cannot be bound: the program has no leaves"
        : "the program has no leaf '\(name)'\(near) Its leaves are \(list)")
  }
}

extension ProgramFailure {
  /// Says what is probably wrong with a table whose first line gives `names`; nothing where they look like names.
  private static func headerHint(_ names: [String]) -> String {
    if names.allSatisfy({ Double($0) != nil }) {
      return "; a table needs a first line that names its columns"
    }
    let isJoined = names.contains { $0.contains { ";\t |".contains($0) } }
    return isJoined ? "; the columns of a table are separated by commas" : ""
  }

  /// Returns the failure for leaves without a value, where data has `dataNames`.
  static func unbound(_ leaves: [Leaf], _ dataNames: [String]) -> ProgramFailure {
    let list = leaves.map { "'\($0.name)'" }.joined(separator: ", ")
    guard dataNames.isEmpty else {
      let found = dataNames.prefix(20).map { "'\($0)'" }.joined(separator: ", ")
      let near = nearest(to: leaves[0].name, among: dataNames).map { "; did you mean '\($0)'?" }
      let hint = near ?? headerHint(dataNames)
      return .run("no value for \(list)", advice: "the data has \(found)\(hint)")
    }
    let example = leaves.prefix(3).map { leaf in
      leaf.type.isScalar ? "\(leaf.name)=…" : "\(leaf.name)=[…]"
    }.joined(separator: " ")
    return .run(
      "no value for \(list)",
      advice: "bind \(leaves.count == 1 ? "it" : "them") with \(example)")
  }
}
