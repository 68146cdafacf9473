import BPInterp
import TestSupport

/// Operands of array kernels, with all that is special about floating-point numbers among them.
struct KernelOperands {
  private var generator: SeededGenerator

  private static let edges: [Double] = [
    0, -0.0, 1, -1, 0.5, -0.5, 1.5, -1.5, 2.5, 0.3, -0.7, 3, .infinity, -.infinity, .nan,
    .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .greatestFiniteMagnitude,
    0.49999999999999994, 0x1p23 - 0.5, 0x1p23, 0x1p51 + 0.5, 0x1p52 - 0.5, 0x1p52, -0x1p53, 0x1p70,
  ]

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// Returns a number in the range.
  mutating func size(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &generator) }

  /// Returns finite numbers whose sums are rounded.
  mutating func numbers<Scalar: KernelScalar>(_ count: Int, _: Scalar.Type) -> [Scalar] {
    (0..<count).map { _ in Scalar(Double.random(in: -1...1, using: &generator)) }
  }

  /// Returns numbers among which are edges and random bits.
  mutating func edges<Scalar: KernelScalar>(_ count: Int, _: Scalar.Type) -> [Scalar] {
    (0..<count).map { _ in
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: Scalar(Double(bitPattern: generator.next()))
      case 1: Scalar(Double.random(in: -5...5, using: &generator))
      default: Scalar(Self.edges.randomElement(using: &generator) ?? 0)
      }
    }
  }

  /// Returns few different numbers: zeros of both signs and, rarely, NaN.
  mutating func ties<Scalar: KernelScalar>(_ count: Int, _: Scalar.Type) -> [Scalar] {
    (0..<count).map { _ in
      Int.random(in: 0..<60, using: &generator) == 0
        ? .nan : [-1, -0.0, 0].randomElement(using: &generator) ?? 0
    }
  }
}

/// Returns the first place where the arrays differ in more than the bits of a NaN.
func firstDifference<Scalar: KernelScalar>(_ a: [Scalar], _ b: [Scalar]) -> Int? {
  guard a.count == b.count else { return min(a.count, b.count) }
  return a.indices.first { !isSame(a[$0], b[$0]) }
}

private func isSame<Scalar: KernelScalar>(_ a: Scalar, _ b: Scalar) -> Bool {
  a.isNaN ? b.isNaN : a == b && a.sign == b.sign
}
