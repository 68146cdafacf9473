import BPAD
import BPIR
import BPInterp

/// A walk that writes single elements of arrays as what they are computed of, element by element.
struct ElementReader {
  let run: StraightRun
  /// What stands in an expression for itself.
  let known: [Value: Expression]
  /// What the elements that were named are.
  private(set) var numbers: [Expression: Double] = [:]

  init(_ run: StraightRun, _ known: [Value: Expression]) {
    self.run = run
    self.known = known
  }

  private var function: Function { run.chain.gradient.function }

  /// The most terms of a sum that are all written.
  private static let longestSum = 8

  /// Returns the element of `value` at `index`: by its name, or else as what it is computed of.
  private mutating func element(of value: Value, at index: [Int]) -> Expression {
    if let number = function.constant(value) { return .number(number) }
    guard let name = known[value]?.part(index) else { return computation(of: value, at: index) }
    numbers[name] = run.number(value).element(at: index)
    return name
  }

  /// Returns what the element of `value` at `index` is computed of.
  mutating func computation(of value: Value, at index: [Int]) -> Expression {
    guard let instruction = function.instruction(defining: value) else {
      return .number(run.number(value).element(at: index))
    }
    let operands = Array(function.operands(of: instruction))
    guard instruction.op.isArrayOperation else {
      let parts = operands.map { element(of: $0, at: index) }
      return ExpressionReader.folded(instruction.op, parts)
        ?? ExpressionReader.element(instruction.op, parts)
    }
    return part(instruction, operands, index) ?? .number(run.number(value).element(at: index))
  }

  /// Returns the element of what an operation on arrays gives; nil where it is made of all elements in a
  /// way that no sum tells.
  private mutating func part(
    _ instruction: Instruction, _ operands: [Value], _ index: [Int]
  ) -> Expression? {
    let shape = operands.first.map { run.number($0).shape } ?? []
    switch (instruction.op, function.attribute(of: instruction)) {
    case (.broadcast, _):
      let aligned = index.suffix(shape.count)
      return element(of: operands[0], at: zip(shape, aligned).map { $0 == 1 ? 0 : $1 })
    case (.reshape, _):
      let flat = run.number(instruction.result).position(of: index)
      return element(of: operands[0], at: Tensor.index(of: flat, in: shape))
    case (.transpose, .permutation(let axes)):
      var moved = index
      for (axis, source) in axes.enumerated() { moved[source] = index[axis] }
      return element(of: operands[0], at: moved)
    case (.slice, .window(let extents)):
      let starts = operands.dropFirst().map { run.number($0).values.first ?? 0 }
      let steps = extents.map { $0.step.number ?? 1 }
      let moved = zip(zip(starts, steps), index).map { Int($0.0) + $0.1 * $1 }
      return element(of: operands[0], at: moved)
    case (.concat, .axis(let axis)): return joined(operands, axis, index)
    case (.gather, .axis(let axis)): return gathered(operands, axis, index)
    case (.sum, .axis(let axis)):
      return sum(shape[axis]) { turn in
        var moved = index
        moved.insert(turn, at: axis)
        return element(of: operands[0], at: moved)
      }
    case (.matmul, .transposes(let first, let second)):
      return product(operands, first, second, index)
    default: return nil
    }
  }

  private mutating func joined(_ operands: [Value], _ axis: Int, _ index: [Int]) -> Expression? {
    var moved = index
    for operand in operands {
      let length = run.number(operand).shape[axis]
      if moved[axis] < length { return element(of: operand, at: moved) }
      moved[axis] -= length
    }
    return nil
  }

  private mutating func gathered(_ operands: [Value], _ axis: Int, _ index: [Int]) -> Expression? {
    let indices = run.number(operands[1])
    let rank = indices.shape.count
    let place = indices.element(at: Array(index[axis..<axis + rank]))
    guard let number = Int(exactly: place) else { return nil }
    return element(
      of: operands[0], at: Array(index[..<axis]) + [number] + Array(index[(axis + rank)...]))
  }

  /// Returns an element of a product of matrices: a row times a column.
  private mutating func product(
    _ operands: [Value], _ first: Bool, _ second: Bool, _ index: [Int]
  ) -> Expression {
    let (batch, row, column) = (index.dropLast(2), index[index.count - 2], index[index.count - 1])
    let shape = run.number(operands[0]).shape
    return sum(shape[first ? shape.count - 2 : shape.count - 1]) { k in
      .infix(
        .times, element(of: operands[0], at: batch + (first ? [k, row] : [row, k])),
        element(of: operands[1], at: batch + (second ? [column, k] : [k, column])))
    }
  }

  /// Returns the sum of the terms that `term` gives for numbers below `count`.
  private func sum(_ count: Int, _ term: (Int) -> Expression) -> Expression {
    let isLong = count > ElementReader.longestSum
    let terms = (isLong ? Array(0..<3) + [count - 1] : Array(0..<count)).map(term)
    guard let first = terms.first else { return .number(0) }
    var rest = terms.dropFirst()
    var sum = first
    while let next = rest.popFirst() {
      if isLong, rest.isEmpty { sum = .infix(.plus, sum, .name("…")) }
      sum = .infix(.plus, sum, next)
    }
    return sum
  }
}

extension Expression {
  /// Returns the element at `index`.
  func part(_ index: [Int]) -> Expression {
    guard !index.isEmpty else { return self }
    if case .derivative(let of, let by, let isPartial) = self {
      return .derivative(of: of, by: by.part(index), isPartial: isPartial)
    }
    return .part(self, index.map(\.description).joined(separator: ", "))
  }
}

extension Tensor {
  /// Returns where the element at `index` stands in row-major order.
  func position(of index: [Int]) -> Int {
    zip(shape, index).reduce(0) { $0 * $1.0 + $1.1 }
  }

  /// Returns the element at `index`, or NaN where there is none.
  func element(at index: [Int]) -> Double {
    let position = position(of: isScalar ? [] : index)
    return values.indices.contains(position) ? values[position] : .nan
  }

  /// Returns the index of the element that stands at `position` in row-major order.
  static func index(of position: Int, in shape: [Int]) -> [Int] {
    var rest = position
    return shape.reversed().map { size in
      defer { rest /= max(1, size) }
      return rest % max(1, size)
    }.reversed()
  }
}
