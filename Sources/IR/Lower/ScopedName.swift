import BPParser

/// A name of the program, or of one of its functions.
struct ScopedName: Hashable {
  /// The name.
  let name: UInt32
  /// The index of the function; nil for the program.
  let function: Int?
}

extension SyntaxTree {
  /// Returns for each function the names of its parameters and of what it defines.
  func localNames() -> [Set<UInt32>] {
    functions.map { function in
      var names = Set(function.parameters.map(\.name))
      for node in nodes[function.body] {
        switch node.kind {
        case .define:
          let first = Int(node.payload)
          names.formUnion(targets[first..<first + Int(node.count)].map(\.name))
        case .forLoop:
          if let counter = loops[Int(node.payload)].counter { names.insert(counter.name) }
        default: break
        }
      }
      return names
    }
  }
}
