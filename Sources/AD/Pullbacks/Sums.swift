import BPIR

// What undoes broadcasting: sums of adjoints. Along the rows or columns of a product of matrices the sum is
// the product with the sums of a factor, so where nothing else reads the product it is never computed: for
// (x - m) that is multiplied by a matrix the derivative by m costs no more than a pass over the adjoint. This
// changes how derivatives are rounded.

extension Builder {
  /// Returns the sum of `value` over all that broadcasting from `shape` stretched.
  mutating func sum(_ value: Value, to shape: Shape) -> Value {
    let stretched = stretchedAxes(from: shape, to: self.shape(of: value))
    var sum = value
    var end = stretched.count
    while end > 0 {
      guard stretched[end - 1] else {
        end -= 1
        continue
      }
      var start = end - 1
      while start > 0, stretched[start - 1] { start -= 1 }
      // Axes side by side are one sequence, and one sum.
      let dimensions = self.shape(of: sum).dimensions
      let merged = dimensions[start..<end].reduce(Dimension(1), *)
      let view = Shape(Array(dimensions[..<start]) + [merged] + Array(dimensions[end...]))
      sum = sumOfLinear(reshape(sum, to: view), axis: start)
      end = start
    }
    return reshape(sum, to: shape)
  }

  private func stretchedAxes(from source: Shape, to target: Shape) -> [Bool] {
    let offset = target.rank - source.rank
    return (0..<target.rank).map { $0 < offset || source[$0 - offset] != target[$0] }
  }

  /// Returns the sums of `value` along an axis: of a product of matrices, perhaps negated, by its factors.
  private mutating func sumOfLinear(_ value: Value, axis: Int) -> Value {
    guard simplifies, let instruction = function.instruction(defining: value) else {
      return sum(value, axis: axis)
    }
    if instruction.op == .negate {
      let operand = function.operand(0, of: instruction)
      guard function.instruction(defining: operand)?.op == .matmul else {
        return sum(value, axis: axis)
      }
      return append(.negate, sumOfLinear(operand, axis: axis))
    }
    let fromEnd = shape(of: value).rank - axis
    let factors = Array(function.operands(of: instruction))
    guard instruction.op == .matmul, fromEnd <= 2,
      factors.allSatisfy({ shape(of: $0).rank == shape(of: value).rank }),
      case .transposes(let first, let second) = function.attribute(of: instruction)
    else { return sum(value, axis: axis) }
    return sumOfProduct(factors, (first, second), alongColumns: fromEnd == 1)
  }

  /// Returns the sums of a product of matrices along its columns, or along its rows.
  private mutating func sumOfProduct(
    _ factors: [Value], _ transposes: (first: Bool, second: Bool), alongColumns: Bool
  ) -> Value {
    let position = alongColumns ? 1 : 0
    let rank = shape(of: factors[position]).rank
    let isTransposed = alongColumns ? transposes.second : transposes.first
    let axis = alongColumns != isTransposed ? rank - 1 : rank - 2
    let sums = sum(factors[position], axis: axis)
    var kept = shape(of: factors[position]).dimensions
    kept[axis] = Dimension(1)
    var factors = factors
    factors[position] = reshape(sums, to: Shape(kept))
    let product = matmul(
      factors[0], factors[1], transposingFirst: transposes.first, second: transposes.second)
    return reshape(product, to: shape(of: product).removing(alongColumns ? rank - 1 : rank - 2))
  }
}
