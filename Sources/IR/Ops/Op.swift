/// The operations of the IR. What each one is stands in its row of `OpTable`.
@usableFromInline package enum Op: UInt8, CaseIterable, Sendable {
  // Structure.
  case mark, conditional, loop, push, pop, sweep, revolve, call, real, integer
  case derivative, stop, attach
  // Arithmetic.
  case add, subtract, multiply, divide, negate, modulo, fmod, power, integerPower, square
  // Comparison and choice.
  case equal, notEqual, less, lessEqual, greater, greaterEqual, and, or, not
  case select, minimum, maximum, clamp
  // Pieces and jumps.
  case abs, sign, floor, ceil, round
  // Roots, exponentials and logarithms.
  case sqrt, cbrt, exp, exp2, expm1, log, log2, log10, log1p, xlogy
  // Angles and hyperbolas.
  case sin, cos, tan, asin, acos, atan, atan2, hypot, asinSlope, atan2Slope, hypotSlope
  case sinh, cosh, tanh, tanhOfHalf, asinh, acosh, atanh, sechSquared, logCosh
  case acoshSlope, acoshCurvature, atanhSlope
  // Units of networks.
  case sigmoid, sigmoidSlope, logSigmoid, softplus, relu, leakyRelu, elu, gelu, silu
  // Special functions.
  case erf, erfc, lgamma, digamma, polygamma, sinc, sincDerivative
  // Arrays: their making, form and parts.
  case dimension, array, iota, randomUniform, randomNormal
  case broadcast, reshape, transpose, concat
  case slice, sliceAdd, sliceSet, gather, scatterAdd, scatterSet
  // Arrays: what is computed along an axis.
  case sum, product, productOthers, reduceMaximum, reduceMinimum, argmax, argmin, cumsum
  case norm, softmax, logSumExp, matmul
}

extension Op: CustomStringConvertible {
  /// The row of the operation.
  package var info: OpInfo { OpTable.rows[Int(rawValue)] }

  /// The name that the text of the IR gives to the operation.
  @usableFromInline package var description: String { info.name }

  /// Whether an instruction computes its one result from its operands, and is no construct.
  package var isOperation: Bool {
    switch self {
    case .conditional, .loop, .sweep, .revolve, .call, .push, .pop: false
    default: true
    }
  }

  /// Whether two equal instructions may be made one.
  package var isShareable: Bool {
    switch self {
    case .mark, .conditional, .loop, .sweep, .revolve, .push, .pop: false
    default: true
    }
  }
}
