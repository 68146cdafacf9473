import BPIR
import BPInterp
import Testing

/// Operations on tiles against the kernel of one number.
struct ElementwiseTests {
  private static let count = 61

  @Test(arguments: Op.allCases)
  func tilesHaveTheValuesOfTheKernel(_ op: Op) {
    var operands = KernelOperands(seed: UInt64(op.rawValue))
    for round in 0..<12 {
      let count = round == 0 ? 3 : Self.count
      check(op, (0..<3).map { _ in operands.edges(count, Double.self) }) {
        runTile($0, $1, $2, $3, $4, $5)
      }
      check(op, (0..<3).map { _ in operands.edges(count, Float.self) }) {
        runTile($0, $1, $2, $3, $4, $5)
      }
    }
  }

  private func check<Scalar: KernelScalar>(
    _ op: Op, _ operands: [[Scalar]],
    _ run: (
      Op, UnsafeMutablePointer<Scalar>, UnsafePointer<Scalar>, UnsafePointer<Scalar>,
      UnsafePointer<Scalar>, Int
    ) -> Void
  ) {
    let count = operands[0].count
    let expected: [Scalar] = (0..<count).map { place in
      Scalar(value(op, operands.map { Double($0[place]) }))
    }
    var target = [Scalar](repeating: 7, count: count + 1)
    // The second time the target is the first operand.
    for inPlace in [false, true] {
      if inPlace { target = operands[0] + [7] }
      target.withUnsafeMutableBufferPointer { target in
        operands[0].withUnsafeBufferPointer { a in
          operands[1].withUnsafeBufferPointer { b in
            operands[2].withUnsafeBufferPointer { c in
              guard let target = target.baseAddress, let a = a.baseAddress, let b = b.baseAddress,
                let c = c.baseAddress
              else { return }
              run(op, target, inPlace ? UnsafePointer(target) : a, b, c, count)
            }
          }
        }
      }
      #expect(firstDifference(target, expected + [7]) == nil, "\(Scalar.self) in place: \(inPlace)")
    }
  }

  /// Returns the value of the kernel; the square, a derived operation, has none.
  private func value(_ op: Op, _ operands: [Double]) -> Double {
    op == .square
      ? operands[0] * operands[0] : kernel(op, operands[0], operands[1], operands[2])
  }
}
