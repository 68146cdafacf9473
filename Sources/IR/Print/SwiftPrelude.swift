/// The text of the functions in `SpecialFunctions.swift` and `AccurateFunctions.swift`, as emitted files
/// bring them along. A test compares it with those files, and `make bless` renews it.
enum SwiftPrelude {
  static let digamma = """
    /// The digamma function ψ(x) = Γ′(x)/Γ(x) for real x.
    ///
    /// From 10 on the asymptotic series about x - 1/2 (DLMF 5.11.8, differentiated), below that the
    /// recurrence DLMF 5.5.2 down to [1, 2] with a rational fit about the positive zero (its own error
    /// is 3e-17), and for x < 0 the reflection DLMF 5.5.4. Measured against mpmath: 1.0 ulp for x > 0,
    /// also next to the zero; for x < 0, 3.1 ulp of the greater of the two terms that are added.
    func digamma(_ x: Double) -> Double {
      if x.isNaN || x == -.infinity { return .nan }
      // ψ(x) = -1/x - γ + …, and the sign of a zero gives the one-sided limit.
      if abs(x) < 0x1p-60 { return -1 / x }
      // ψ(1 + a) plus a rest in closed form, where a is exact.
      let a = x < 0 ? -x : x < 1 ? x : x - 1
      var rest = 0.0
      var low = 0.0
      if x > 0 && x < 1 {
        rest = -1 / x
        low = fma(rest, x, 1) / -x
      } else if x < 0 {
        let r = x - x.rounded()
        if r == 0 { return .nan }
        let cotangent = abs(r) <= 0.25 ? 1 / tan(.pi * r) : tan(.pi * ((r > 0 ? 0.5 : -0.5) - r))
        rest = -.pi * cotangent
      }
      if a >= 9 {
        // About a + 1/2 there is no term in 1/a: what is added to the logarithm stays below 5e-4.
        let series = [
          0.041666666666666664, -0.007291666666666667, 0.0038442460317460315, -0.004134114583333333,
          0.007560961174242424, -0.021082496875953906, 0.08332316080729167, -0.4432462767058728,
        ]
        let y = x < 0 ? a + 0.5 : x - 0.5
        let w = 1 / y / y
        var tail = 0.0
        for coefficient in series.reversed() { tail = (tail + coefficient) * w }
        return rest + log(y) + tail
      }
      let numerator = [
        0.2503801375034054, -0.3352190181927289, -0.6560046445367023, -0.28999532224702357,
        -0.04515907237103245, -0.0020604314112846922, -5.255928232683594e-07,
      ]
      let denominator = [
        1.0, 2.074742619717552, 1.4569679082420655, 0.4338530757240686, 0.053737122083413066,
        0.0021092941228867614,
      ]
      let f = a - a.rounded(.down)
      var p = 0.0
      var q = 0.0
      for coefficient in numerator.reversed() { p = p * f + coefficient }
      for coefficient in denominator.reversed() { q = q * f + coefficient }
      // 1 + f less the positive zero of ψ, in two parts; ψ(1 + f) is that times 1 + p/q.
      var high = f - 0.46163214496836236
      let correction = f - (high + 0.46163214496836236) + 1.5522348162858677e-17
      low += correction + (high + correction) * (p / q)
      // Going down from a keeps each divisor exact, and two-part sums keep the zero's digits.
      for k in 0..<Int(a) {
        let divisor = a - Double(k)
        let term = 1 / divisor
        let sum = high + term
        let part = sum - high
        low += (high - (sum - part)) + (term - part) + fma(-term, divisor, 1) / divisor
        high = sum
      }
      let sum = high + rest
      let part = sum - high
      return sum + (low + ((high - (sum - part)) + (rest - part)))
    }
    """

  static let polygamma = """
    /// The n-th derivative of digamma for real x; NaN for n < 0.
    ///
    /// The sum n!/(x + k)^(n+1) (DLMF 5.15.1), its tail by Euler and Maclaurin (DLMF 2.10.1), and for
    /// x < 0 the reflection DLMF 5.15.6. Measured against mpmath for n up to 20: 2.2 ulp for x > 0 (2.0
    /// for n = 1, 2); for x < 0, 2.2 ulp for odd n, and for even n, where there is a zero between any
    /// two poles, 2.6 ulp of the greater term. Above n = 150 it goes through logarithms and keeps about
    /// 16 digits less those of n log n.
    func polygamma(_ n: Int, _ x: Double) -> Double {
      if n <= 0 { return n == 0 ? digamma(x) : .nan }
      if x.isNaN || x == -.infinity { return .nan }
      let odd = n % 2 == 1
      if x == 0 { return odd || x.sign == .minus ? .infinity : -.infinity }
      if x == .infinity { return odd ? 0 : -0.0 }
      if x < 0 {
        let r = x - x.rounded()
        if r == 0 { return odd ? .infinity : .nan }
        // The reflection at x and at its fraction part have the cotangent in common.
        let opposite = 1 - abs(r)
        let near = polygamma(n, abs(r))
        var other = polygamma(n, opposite)
        let far = polygamma(n, 1 - x)
        if near.isInfinite {
          return odd ? .infinity : abs(r) == 0.5 ? far : r > 0 ? -.infinity : .infinity
        }
        // What 1 - |r| lost in rounding counts n + 1 times; to first order it is put back.
        other -= other * ((Double(n) + 1) / opposite * ((1 - opposite) - abs(r)))
        if odd { return near + (other - far) }
        return (r > 0 ? near - other : other - near) + far
      }
      // The sum over (x/(x + k))^(n+1), by Euler and Maclaurin once x + k is large enough.
      let bernoulli = [
        0.08333333333333333, -0.001388888888888889, 3.306878306878307e-05, -8.267195767195768e-07,
        2.08767569878681e-08, -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13,
        8.586062056277845e-15, -2.174868698558062e-16,
      ]
      let s = Double(n) + 1
      var total = 0.0
      var low = 0.0
      var weight = 1.0
      var k = 0.0
      while x + k < s + 8 && weight > 0x1p-60 * total {
        // The weights fall, so what a sum loses is found exactly.
        let sum = total + weight
        low += weight - (sum - total)
        total = sum
        k += 1
        weight = exp(-s * log1p(k / x))
      }
      if weight > 0x1p-60 * total {
        let y = x + k
        var rising = s / y
        var tail = 0.0
        for (j, coefficient) in bernoulli.enumerated() {
          tail += coefficient * rising
          rising *= ((s + Double(2 * j + 1)) / y) * ((s + Double(2 * j + 2)) / y)
        }
        let area = y / Double(n)
        low += weight * (fma(-area, Double(n), y) / Double(n) + 0.5 + tail)
        weight *= area
        let sum = total + weight
        let part = sum - total
        low += (total - (sum - part)) + (weight - part)
        total = sum
      }
      if n > 150 {
        let size = exp(lgamma(s).0 - s * log(x) + log(total + low))
        return odd ? size : -size
      }
      var factorial = 1.0
      for i in 1...n { factorial *= Double(i) }
      // Powers of two are set apart, so that nothing overflows on the way to a finite value.
      let e = Int(x.exponent)
      let scale = factorial * pow(x.significand, -s)
      let size = scalbn(fma(scalbn(total, -e), scale, scalbn(low, -e) * scale), -e * n)
      return odd ? size : -size
    }
    """

  static let lgammaAbsolute = """
    /// The logarithm of the absolute value of Γ(x).
    ///
    /// Measured against mpmath with glibc 2.36: 2.1 ulp for x > 0 and 3.1 ulp for x < 0, both also next
    /// to the zeros.
    func lgammaAbsolute(_ x: Double) -> Double {
      lgamma(x).0
    }
    """

  static let sinc = """
    /// The n-th derivative of sinc(x) = sin(πx)/(πx), with sinc(0) = 1; NaN for n < 0.
    ///
    /// With g(z) = sin(z)/z the product rule on z g(z) = sin z gives a recurrence in n, run in the
    /// direction in which it is stable (Gautschi, Computational aspects of three-term recurrence
    /// relations, SIAM Review 9, 1967; the start of the downward run is Miller's). Measured against
    /// mpmath: 2.1 ulp for n = 0; for n up to 30, 3.7 ulp, and 4.7 up to 100, of π^n/hypot(n + 1, πx),
    /// the size of the function there.
    func sinc(_ n: Int, _ x: Double) -> Double {
      if n < 0 || x.isNaN { return .nan }
      if x.isInfinite || (x == 0 && n % 2 == 1) { return 0 }
      // sin(πx) and cos(πx) from the exact distance to the nearest half of an integer.
      let magnitude = abs(x)
      let r = magnitude.remainder(dividingBy: 2)
      let halves = (2 * r).rounded()
      let f = r - halves / 2
      let angle = .pi * f
      let rest = fma(.pi, f, -angle) + 1.2246467991473532e-16 * f
      let s = sin(angle) + rest * cos(angle)
      let c = cos(angle) - rest * sin(angle)
      // The k-th derivative of the sine at z = π|x| is turn[(quarter + k) % 4].
      let turn = [s, c, -s, -c]
      let quarter = Int(halves) + 4
      let z = min(.pi * magnitude, .greatestFiniteMagnitude)
      if n > 1240 {
        // Here π^n/z overflows for every finite z; the sign is that of the leading term.
        let m = Double(n) + 1
        let wave =
          turn[(quarter + n % 4 + 1) % 4] / (1 + z / m) + turn[(quarter + n % 4) % 4] / (1 + m / z)
        return (x < 0 && n % 2 == 1 ? -wave : wave) * .infinity
      }
      var g: Double
      if z > Double(n) + 1 {
        // z g⁽ᵏ⁾ + k g⁽ᵏ⁻¹⁾ = sin⁽ᵏ⁾ z: upward the errors shrink, by k/z a step.
        g = 0
        for k in 0...n {
          let t = (turn[(quarter + k) % 4] - Double(k) * g) / magnitude
          g = fma(t, 0.3183098861837907, t * -1.9678676675182486e-17)
        }
      } else {
        // The same downward from an order whose value no longer matters: they shrink by z/k.
        var order = n
        var bound = 1.0
        while bound > 0x1p-60 * min(z, 1) {
          order += 1
          bound *= z / Double(order)
        }
        g = 0
        for k in stride(from: order, to: n, by: -1) {
          g = (turn[(quarter + k) % 4] - z * g) / Double(k)
        }
      }
      // The double nearest π is short of it by a 3.9e-17th part.
      let half = pow(.pi, Double(n / 2))
      let scaled = g * half * pow(.pi, Double(n - n / 2))
      let value = fma(scaled, Double(n) * 3.8981718325193755e-17, scaled)
      // A zero leaves as +0.
      return (x < 0 && n % 2 == 1 ? -value : value) + 0
    }
    """

  static let accurateCbrt = """
    /// The cube root: one Newton step from libm's, with the residual exact.
    ///
    /// Measured: 0.51 ulp (glibc 2.36 alone: 2.9).
    func accurateCbrt(_ x: Double) -> Double {
      let size = abs(x)
      if size == 0 || !size.isFinite { return x }
      if size < 0x1p-600 { return scalbn(accurateCbrt(scalbn(x, 600)), -200) }
      if size > 0x1p600 { return scalbn(accurateCbrt(scalbn(x, -600)), 200) }
      let y = cbrt(x)
      let square = y * y
      let cube = square * y
      let residual = (cube - x) + fma(square, y, -cube) + fma(y, y, -square) * y
      return y - residual / (3 * square)
    }
    """

  static let halfExp = """
    /// Half of e^x as an unevaluated sum, for x from 0 to 711; the first part is the sum rounded.
    ///
    /// Cody and Waite's reduction by ln 2 in two parts, then the Taylor series, of which 1 + r + r²/2 is
    /// summed in two parts. Relative error 2^-59.
    func halfExp(_ x: Double) -> (high: Double, low: Double) {
      let reciprocals = [
        0.16666666666666666, 0.041666666666666664, 0.008333333333333333, 0.001388888888888889,
        0.0001984126984126984, 2.48015873015873e-05, 2.7557319223985893e-06, 2.755731922398589e-07,
        2.505210838544172e-08, 2.08767569878681e-09, 1.6059043836821613e-10, 1.1470745597729725e-11,
        7.647163731819816e-13,
      ]
      let k = (x * 1.4426950408889634).rounded()
      // The first part of ln 2 has 42 bits, so its product with k and the difference are exact.
      let coarse = x - k * 0x1.62e42fefa38p-1
      let shift = k * 0x1.ef35793c7673p-45
      let r = coarse - shift
      let rest = (coarse - r) - shift - fma(k, 0x1.ef35793c7673p-45, -shift)
      var tail = 0.0
      for coefficient in reciprocals.reversed() { tail = tail * r + coefficient }
      let square = r * r / 2
      let first = 1 + r
      let high = first + square
      let low =
        (r - (first - 1)) + (square - (high - first)) + fma(r, r, -2 * square) / 2
        + (rest * first + tail * r * r * r)
      let sum = high + low
      return (scalbn(sum, Int(k) - 1), scalbn(low - (sum - high), Int(k) - 1))
    }
    """

  static let accurateSinh = """
    /// The hyperbolic sine. Measured: 0.55 ulp (glibc 2.36: 1.6).
    func accurateSinh(_ x: Double) -> Double {
      let size = abs(x)
      if !(size < 711) { return x * .infinity }
      if size < 0.3 {
        let w = x * x
        var tail = w / 156 + 1
        for k in stride(from: 10.0, through: 4, by: -2) { tail = tail * w / (k * (k + 1)) + 1 }
        return x + x * (w * tail / 6)
      }
      let e = halfExp(size)
      if e.high == .infinity { return x * .infinity }
      let q = 0.25 / e.high
      let rest = (fma(-q, e.high, 0.25) - q * e.low) / e.high
      let high = e.high - q
      let value = high + ((e.high - high) - q + (e.low - rest))
      return x < 0 ? -value : value
    }
    """

  static let accurateTanh = """
    /// The hyperbolic tangent, near 0 by Lambert's continued fraction (DLMF 4.39.1).
    ///
    /// Measured: 0.54 ulp (glibc 2.36: 1.9).
    func accurateTanh(_ x: Double) -> Double {
      let size = abs(x)
      if size > 20 { return x < 0 ? -1 : 1 }
      if size < 0x1p-28 { return x }
      if !(size > 0.25) {
        let w = x * x
        let u = w / (3 + w / (5 + w / (7 + w / (9 + w / (11 + w / 13)))))
        return x - x * (u / (1 + u))
      }
      // 1 - 2/(e^2x + 1) = 1 - 1/(e^2x/2 + 1/2).
      let e = halfExp(2 * size)
      let d = e.high + 0.5
      let low = (e.high - d) + 0.5 + e.low
      let q = 1 / d
      let high = 1 - q
      let value = high + ((1 - high) - q - (fma(-q, d, 1) - q * low) / d)
      return x < 0 ? -value : value
    }
    """

  static let tanhOfHalf = """
    /// The hyperbolic tangent of x/2, for the curvature of the logistic function: up to 2 as Lambert's
    /// continued fraction (DLMF 4.39.1), whose nine terms are one quotient, and beyond as 1 - 2/(e^x + 1).
    ///
    /// Measured: 1.2 ulp, in a third of the time of `accurateTanh`.
    func tanhOfHalf(_ x: Double) -> Double {
      let size = abs(x)
      if size < 2 {
        let half = 0.5 * x
        let w = half * half
        let top = ((44 * w + 12_870) * w + 810_810) * w + 11_486_475
        let bottom = (((45 * w + 13_860) * w + 945_945) * w + 16_216_200) * w + 34_459_425
        return half - half * (w * top / bottom)
      }
      let e = exp(-size)
      let value = 1 - 2 * e / (1 + e)
      return x < 0 ? -value : value
    }
    """

  static let accurateAsinh = """
    /// The inverse hyperbolic sine, log(x + sqrt(1 + x²)) with the argument in two parts.
    ///
    /// Measured: 1.0 ulp (glibc 2.36: 1.3).
    func accurateAsinh(_ x: Double) -> Double {
      let size = abs(x)
      if size < 0x1p-28 { return x }
      if size < 0x1p-9 {
        let w = x * x
        return x - x * w * (1.0 / 6 - w * (3.0 / 40 - w * (5.0 / 112)))
      }
      if !(size < 0x1p500) {
        let value = log(size) + 0.6931471805599453
        return x < 0 ? -value : value
      }
      let p = size * size
      let a = 1 + p
      let root = a.squareRoot()
      let lost = (p < 1 ? p - (a - 1) : 1 - (a - p)) + fma(size, size, -p)
      let rest = (fma(-root, root, a) + lost) / (2 * root)
      let high = root + size
      let value = log(high) + (size - (high - root) + rest) / high
      return x < 0 ? -value : value
    }
    """

  static let accurateAcosh = """
    /// The inverse hyperbolic cosine, log(x + sqrt(x² - 1)) with the argument in two parts.
    ///
    /// Measured: 1.0 ulp (glibc 2.36: 2.0).
    func accurateAcosh(_ x: Double) -> Double {
      if !(x > 1) { return x == 1 ? 0 : .nan }
      if x >= 0x1p500 { return log(x) + 0.6931471805599453 }
      let p = x * x
      let a = p - 1
      let lost = (p - a) - 1 + fma(x, x, -p)
      let high2 = a + lost
      let root = high2.squareRoot()
      let rest = (fma(-root, root, high2) + ((a - high2) + lost)) / (2 * root)
      let high = x + root
      return log(high) + (root - (high - x) + rest) / high
    }
    """

  static let accurateAtanh = """
    /// The inverse hyperbolic tangent, log((1 + x)/(1 - x))/2 with the quotient in two parts.
    ///
    /// Measured: 1.0 ulp (glibc 2.36: 1.4).
    func accurateAtanh(_ x: Double) -> Double {
      let size = abs(x)
      if size < 0x1p-9 {
        let w = x * x
        return x + x * w * (1.0 / 3 + w * (1.0 / 5 + w * (1.0 / 7)))
      }
      if !(size < 1) { return size == 1 ? x * .infinity : .nan }
      let top = 1 + size
      let bottom = 1 - size
      let q = top / bottom
      let lost = (size - (top - 1)) - q * ((1 - bottom) - size)
      let value = (log(q) + (fma(-q, bottom, top) + lost) / top) / 2
      return x < 0 ? -value : value
    }
    """
}
