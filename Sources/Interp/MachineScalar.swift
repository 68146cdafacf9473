import BPIR

/// A type of number that machines compute with: the kernels in the words of the engine.
protocol MachineScalar: KernelScalar {
  /// The number, which is whole and in the range of an `Int`: in generic code the conversion would look
  /// at its digits.
  var wholeNumber: Int { get }
  /// The value of `op` on numbers.
  static func compute(_ op: Op, _ a: Self, _ b: Self, _ c: Self) -> Self
  static func tile(
    _ op: Op, _ target: UnsafeMutablePointer<Self>, _ a: UnsafePointer<Self>,
    _ b: UnsafePointer<Self>, _ c: UnsafePointer<Self>, _ count: Int)
  /// What reduces along an axis: a sum, a maximum, the place of one, …
  static func reduce(
    _ op: Op, _ target: UnsafeMutablePointer<Self>, _ source: UnsafePointer<Self>,
    _ axis: AxisShape)
  static func scan(
    _ target: UnsafeMutablePointer<Self>, _ source: UnsafePointer<Self>, _ axis: AxisShape,
    _ isReversed: Bool)
  static func product(
    _ product: MatrixProduct, _ c: UnsafeMutablePointer<Self>, _ a: UnsafePointer<Self>,
    _ b: UnsafePointer<Self>, _ scratch: UnsafeMutablePointer<Self>)
}

extension Double: MachineScalar {
  @inline(__always)
  var wholeNumber: Int { Int(self) }

  @inline(__always)
  static func compute(_ op: Op, _ a: Double, _ b: Double, _ c: Double) -> Double {
    kernel(op, a, b, c)
  }

  static func tile(
    _ op: Op, _ target: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>,
    _ b: UnsafePointer<Double>, _ c: UnsafePointer<Double>, _ count: Int
  ) { runTile(op, target, a, b, c, count) }

  static func reduce(
    _ op: Op, _ target: UnsafeMutablePointer<Double>, _ source: UnsafePointer<Double>,
    _ axis: AxisShape
  ) {
    switch op {
    case .sum: sum(target, source, axis)
    case .reduceMaximum: BPInterp.maximum(target, source, axis)
    case .reduceMinimum: BPInterp.minimum(target, source, axis)
    case .argmax: positionOfMaximum(target, source, axis)
    case .argmin: positionOfMinimum(target, source, axis)
    case .product: writeProducts(target, source, axis)
    case .norm: writeNorms(target, source, axis)
    default: break
    }
  }

  static func scan(
    _ target: UnsafeMutablePointer<Double>, _ source: UnsafePointer<Double>, _ axis: AxisShape,
    _ isReversed: Bool
  ) { cumulativeSum(target, source, axis, reversed: isReversed) }

  static func product(
    _ product: MatrixProduct, _ c: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>,
    _ b: UnsafePointer<Double>, _ scratch: UnsafeMutablePointer<Double>
  ) { product.run(c, a, b, scratch: scratch) }
}

extension Float: MachineScalar {
  @inline(__always)
  var wholeNumber: Int { Int(self) }

  /// The operation in Float64, rounded: for + - * / and roots the correctly rounded Float32.
  @inline(__always)
  static func compute(_ op: Op, _ a: Float, _ b: Float, _ c: Float) -> Float {
    Float(kernel(op, Double(a), Double(b), Double(c)))
  }

  static func tile(
    _ op: Op, _ target: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>, _ c: UnsafePointer<Float>, _ count: Int
  ) { runTile(op, target, a, b, c, count) }

  static func reduce(
    _ op: Op, _ target: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>,
    _ axis: AxisShape
  ) {
    switch op {
    case .sum: sum(target, source, axis)
    case .reduceMaximum: BPInterp.maximum(target, source, axis)
    case .reduceMinimum: BPInterp.minimum(target, source, axis)
    case .argmax, .argmin: writePositions(op, target, source, axis)
    case .product: writeProducts(target, source, axis)
    case .norm: writeNorms(target, source, axis)
    default: break
    }
  }

  static func scan(
    _ target: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>, _ axis: AxisShape,
    _ isReversed: Bool
  ) { cumulativeSum(target, source, axis, reversed: isReversed) }

  static func product(
    _ product: MatrixProduct, _ c: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
  ) { product.run(c, a, b, scratch: scratch) }
}
