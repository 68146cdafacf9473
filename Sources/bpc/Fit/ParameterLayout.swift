import BPIR
import BPInterp
import BackpropCompiler

/// Where the elements of each name stand among all numbers that are trained.
struct ParameterLayout: Equatable, Sendable {
  /// The names, in the order of the program.
  let parts: [Part]
  /// How many numbers there are.
  let count: Int

  /// A name.
  struct Part: Equatable, Sendable {
    /// The name.
    let name: String
    /// The number of its leaf.
    let leaf: Int
    /// Its shape.
    let shape: [Int]
    /// Where its elements start.
    let start: Int
  }

  /// Lays out the leaves that are called `names`.
  init(_ names: [String], _ leaves: [Leaf], _ bindings: Bindings) {
    var parts: [Part] = []
    var start = 0
    for name in names {
      guard let leaf = leaves.firstIndex(where: { $0.name == name }) else { continue }
      let shape = bindings.values[leaf].shape
      parts.append(Part(name: name, leaf: leaf, shape: shape, start: start))
      start += bindings.values[leaf].count
    }
    self.parts = parts
    count = start
  }

  /// Returns the elements of all names in `bindings`.
  func numbers(_ bindings: Bindings) -> [Double] {
    parts.flatMap { bindings.values[$0.leaf].values }
  }

  /// Returns the arrays that `numbers` are, with their names.
  func tensors(_ numbers: [Double]) -> [NamedTensor] {
    zip(parts.indices, parts).map { index, part in
      let end = index + 1 < parts.count ? parts[index + 1].start : count
      let elements = Array(numbers[part.start..<end])
      return NamedTensor(name: part.name, tensor: Tensor(shape: part.shape, values: elements))
    }
  }
}
