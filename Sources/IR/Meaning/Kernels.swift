#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension Op {
  /// Returns the value of the operation for `operands`; true is 1 and false 0.
  package func evaluated(_ operands: [Double]) -> Double {
    switch info.meaning {
    case .formula(let formula): formula.evaluated(operands: operands)
    case .structure: operands.first ?? .nan
    case .kernel:
      if info.isVariadic {
        operands.dropFirst().reduce(operands[0]) { kernel(self, $0, $1, 0) }
      } else {
        kernel(
          self, operands[0], operands.count > 1 ? operands[1] : 0,
          operands.count > 2 ? operands[2] : 0)
      }
    }
  }
}

/// Returns the value of a core operation: the meaning that folding and interpretation share.
///
/// Conditions are 1 and 0, integers are whole numbers; operands that the operation does not have are
/// ignored. An operation without a kernel has the value NaN.
@inlinable @inline(__always)
package func kernel(_ op: Op, _ a: Double, _ b: Double, _ c: Double) -> Double {
  switch op {
  case .integer: a + 0
  case .real: a + 0  // integers have no negative zero
  case .add: a + b
  case .subtract: a - b
  case .multiply: a * b
  case .divide: a / b
  case .negate: -a
  case .modulo: modulo(a, b)
  case .fmod: fmod(a, b)
  case .power: pow(a, b)
  case .integerPower: integerPower(a, b)
  case .equal: a == b ? 1 : 0
  case .notEqual: a != b ? 1 : 0
  case .less: a < b ? 1 : 0
  case .lessEqual: a <= b ? 1 : 0
  case .greater: a > b ? 1 : 0
  case .greaterEqual: a >= b ? 1 : 0
  case .and: a * b
  case .or: max(a, b)
  case .not: 1 - a
  case .select: a != 0 ? b : c
  case .minimum: a < b || a.isNaN ? a : b
  case .maximum: a > b || a.isNaN ? a : b
  case .abs: a.magnitude
  case .floor: a.rounded(.down)
  case .ceil: a.rounded(.up)
  case .round: a.rounded(.toNearestOrEven)
  case .sqrt: a.squareRoot()
  case .exp: exp(a)
  case .exp2: exp2(a)
  case .expm1: expm1(a)
  case .log: log(a)
  case .log2: log2(a)
  case .log10: log10(a)
  case .log1p: log1p(a)
  case .sin: sin(a)
  case .cos: cos(a)
  case .tan: tan(a)
  case .asin: asin(a)
  case .acos: acos(a)
  case .atan: atan(a)
  case .atan2: atan2(a, b)
  case .hypot: hypotenuse(a, b)
  case .cosh: cosh(a)
  case .erf: erf(a)
  case .erfc: erfc(a)
  case .cbrt, .sinh, .tanh, .tanhOfHalf, .asinh, .acosh, .atanh, .lgamma, .polygamma,
    .sincDerivative:
    specialFunction(op, a, b)
  case .mark, .conditional, .loop, .sweep, .revolve, .push, .pop, .derivative, .stop, .attach,
    .call, .square, .clamp,
    .sign, .xlogy, .sechSquared, .logCosh, .sigmoid,
    .logSigmoid, .softplus, .relu, .leakyRelu, .elu, .gelu, .silu, .digamma, .sinc, .asinSlope,
    .atan2Slope, .hypotSlope, .acoshSlope, .acoshCurvature, .atanhSlope, .sigmoidSlope:
    .nan
  case .dimension, .array, .iota, .randomUniform, .randomNormal, .broadcast, .reshape, .transpose,
    .concat, .slice, .sliceAdd, .sliceSet, .gather, .scatterAdd, .scatterSet, .sum, .product,
    .productOthers, .reduceMaximum, .reduceMinimum, .argmax, .argmin, .cumsum, .norm, .softmax,
    .logSumExp, .matmul:
    .nan
  }
}

/// Returns the value of an operation whose kernel is too large to be part of every caller.
@usableFromInline package func specialFunction(_ op: Op, _ a: Double, _ b: Double) -> Double {
  switch op {
  case .cbrt: accurateCbrt(a)
  case .sinh: accurateSinh(a)
  case .tanh: accurateTanh(a)
  case .tanhOfHalf: tanhOfHalf(a)
  case .asinh: accurateAsinh(a)
  case .acosh: accurateAcosh(a)
  case .atanh: accurateAtanh(a)
  case .lgamma: lgammaAbsolute(a)
  case .polygamma: polygamma(Int(exactly: a) ?? -1, b)
  case .sincDerivative: sinc(Int(exactly: a) ?? -1, b)
  default: .nan
  }
}

/// Returns the remainder of `a / b` with the sign of `b`.
@inlinable package func modulo(_ a: Double, _ b: Double) -> Double {
  let remainder = fmod(a, b)
  return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
}

/// Returns the length of (a, b), and NaN where one is NaN, also beside an infinity.
@inlinable package func hypotenuse(_ a: Double, _ b: Double) -> Double {
  a.isNaN || b.isNaN ? .nan : hypot(a, b)
}

/// Returns `x` to the whole power `k`: up to 64 by repeated squaring (Knuth, The Art of Computer
/// Programming 2, 4.6.3, algorithm A), which is exact wherever the products are; beyond it by `pow`,
/// since the roundings of the products add up.
@inlinable package func integerPower(_ x: Double, _ k: Double) -> Double {
  if k.magnitude > 64 { return pow(x, k) }
  var exponent = k.magnitude
  var square = x
  var power = 1.0
  while exponent >= 1 {
    let half = (exponent / 2).rounded(.down)
    if exponent != 2 * half { power *= square }
    square *= square
    exponent = half
  }
  return k < 0 ? 1 / power : power
}
