// Values and gradients as one writes them by hand: one pass, nothing allocated, each exp computed
// once; right at the edges where the emitted functions are. Each returns the value.

import Glibc

/// Value and derivatives of `sigmoid(c*(a+b))`.
func sigmoidByHand(_ a: Double, _ b: Double, _ c: Double) -> (
  value: Double, a: Double, b: Double, c: Double
) {
  let s: Double = a + b
  let (value, slope) = sigmoidAndSlope(c * s)
  let d: Double = slope * c
  return (value, d, d, slope * s)
}

@inline(__always)
private func sigmoidAndSlope(_ z: Double) -> (value: Double, slope: Double) {
  let e: Double = exp(-abs(z))
  let tail: Double = e / (1 + e)
  let rest: Double = 1 - tail
  return (z >= 0 ? rest : tail, tail * rest)
}

typealias Numbers = UnsafePointer<Double>
typealias MutableNumbers = UnsafeMutablePointer<Double>

/// The network of 5, 3, 5 and 4 units. `scratch` has room for 24 numbers.
func networkByHand(
  _ x: Numbers, _ y: Numbers, _ W1: Numbers, _ b1: Numbers, _ W2: Numbers, _ b2: Numbers,
  _ W3: Numbers, _ b3: Numbers, _ dW1: MutableNumbers, _ db1: MutableNumbers,
  _ dW2: MutableNumbers, _ db2: MutableNumbers, _ dW3: MutableNumbers, _ db3: MutableNumbers,
  _ scratch: MutableNumbers
) -> Double {
  let (a1, s1, a2, s2) = (scratch, scratch + 3, scratch + 6, scratch + 11)
  let (d2, d1) = (scratch + 16, scratch + 21)
  var loss = 0.0
  for i in 0..<3 {
    var z = b1[i]
    for j in 0..<5 { z += W1[5 * i + j] * x[j] }
    s1[i] = z > 0 ? 1 : 0.1
    a1[i] = s1[i] * z
  }
  for i in 0..<5 {
    var z = b2[i]
    for j in 0..<3 { z += W2[3 * i + j] * a1[j] }
    (a2[i], s2[i]) = sigmoidAndSlope(z)
    d2[i] = 0
  }
  for i in 0..<4 {
    var z = b3[i]
    for j in 0..<5 { z += W3[5 * i + j] * a2[j] }
    let (prediction, slope) = sigmoidAndSlope(z)
    let error: Double = prediction - y[i]
    loss += error * error
    let d: Double = 0.5 * error * slope
    db3[i] = d
    for j in 0..<5 {
      dW3[5 * i + j] = d * a2[j]
      d2[j] += d * W3[5 * i + j]
    }
  }
  for j in 0..<3 { d1[j] = 0 }
  for i in 0..<5 {
    let d: Double = d2[i] * s2[i]
    db2[i] = d
    for j in 0..<3 {
      dW2[3 * i + j] = d * a1[j]
      d1[j] += d * W2[3 * i + j]
    }
  }
  for i in 0..<3 {
    let d: Double = d1[i] * s1[i]
    db1[i] = d
    for j in 0..<5 { dW1[5 * i + j] = d * x[j] }
  }
  return loss * 0.25
}

/// Rosenbrock's function of `n` variables.
func rosenbrockByHand(_ x: Numbers, _ n: Int, _ dx: MutableNumbers) -> Double {
  var (sum, carried) = (0.0, 0.0)
  for i in 0..<(n - 1) {
    let rise: Double = x[i + 1] - x[i] * x[i]
    let rest: Double = 1 - x[i]
    sum += 100 * rise * rise + rest * rest
    let d: Double = 200 * rise
    dx[i] = carried - 2 * x[i] * d - 2 * rest
    carried = d
  }
  dx[n - 1] = carried
  return sum
}

/// ADBench's mixture, of 25 parts in 10 dimensions. `scratch` has room for 800 numbers.
func mixtureByHand(
  _ alphas: Numbers, _ means: Numbers, _ icf: Numbers, _ x: Numbers, _ n: Int, _ gamma: Double,
  _ m: Double, _ dalphas: MutableNumbers, _ dmeans: MutableNumbers, _ dicf: MutableNumbers,
  _ scratch: MutableNumbers
) -> Double {
  let (D, K, row) = (10, 25, 55)
  let (diagonal, product, shift) = (scratch, scratch + 250, scratch + 500)
  let (weight, exponent) = (scratch + 750, scratch + 775)
  var (likelihood, squares, logarithms) = (0.0, 0.0, 0.0)
  dalphas.update(repeating: 0, count: K)
  dmeans.update(repeating: 0, count: K * D)
  dicf.update(repeating: 0, count: K * row)
  for k in 0..<K {
    var sum = 0.0
    for i in 0..<D {
      diagonal[k * D + i] = exp(icf[k * row + i])
      sum += icf[k * row + i]
    }
    weight[k] = alphas[k] + sum
    logarithms += sum
  }
  for p in 0..<n {
    let point = x + p * D
    var (largest, total) = (-Double.infinity, 0.0)
    for k in 0..<K {
      let (q, s, mean) = (product + k * D, shift + k * D, means + k * D)
      var below = icf + (k * row + D)
      for i in 0..<D { s[i] = point[i] - mean[i] }
      for i in 0..<D { q[i] = diagonal[k * D + i] * s[i] }
      for j in 0..<D {
        for i in (j + 1)..<max(j + 1, D) {
          q[i] += below.pointee * s[j]
          below += 1
        }
      }
      var distance = 0.0
      for i in 0..<D { distance += q[i] * q[i] }
      exponent[k] = weight[k] - 0.5 * distance
      if exponent[k] > largest { largest = exponent[k] }
    }
    let base: Double = largest.isInfinite ? 0 : largest
    for k in 0..<K {
      exponent[k] = exp(exponent[k] - base)
      total += exponent[k]
    }
    likelihood += base + log(total)
    let divisor: Double = total == 0 ? 1 : total
    for k in 0..<K {
      let (q, s) = (product + k * D, shift + k * D)
      let d: Double = exponent[k] / divisor
      var dbelow = dicf + (k * row + D)
      var below = icf + (k * row + D)
      dalphas[k] += d
      for i in 0..<D { q[i] *= -d }
      for j in 0..<D {
        var sum: Double = diagonal[k * D + j] * q[j]
        dicf[k * row + j] += q[j] * s[j]
        for i in (j + 1)..<max(j + 1, D) {
          dbelow.pointee += q[i] * s[j]
          sum += below.pointee * q[i]
          dbelow += 1
          below += 1
        }
        dmeans[k * D + j] -= sum
      }
    }
  }
  var (largest, total) = (-Double.infinity, 0.0)
  for k in 0..<K where alphas[k] > largest { largest = alphas[k] }
  let base: Double = largest.isInfinite ? 0 : largest
  for k in 0..<K {
    exponent[k] = exp(alphas[k] - base)
    total += exponent[k]
  }
  let factor: Double = gamma * gamma
  for k in 0..<K {
    for i in 0..<D {
      let at = k * row + i
      let root: Double = diagonal[k * D + i]
      dicf[at] = dicf[at] * root + dalphas[k] - m + factor * root * root
      squares += root * root
    }
    for i in D..<row {
      let below: Double = icf[k * row + i]
      dicf[k * row + i] += factor * below
      squares += below * below
    }
    dalphas[k] -= Double(n) * exponent[k] / (total == 0 ? 1 : total)
  }
  let all: Double = likelihood - Double(n) * (base + log(total))
  return all + 0.5 * factor * squares - m * logarithms
}

private typealias Vector = SIMD3<Double>

@inline(__always)
private func cross(_ a: Vector, _ b: Vector) -> Vector {
  Vector(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}

@inline(__always)
private func dot(_ a: Vector, _ b: Vector) -> Double { a.x * b.x + a.y * b.y + a.z * b.z }

/// The reprojection error of bundle adjustment and its Jacobian of 2 rows and 15 columns.
func reprojectionByHand(
  _ p: Numbers, _ seen: Numbers, _ error: MutableNumbers, _ jacobian: MutableNumbers
) {
  let r = Vector(p[0], p[1], p[2])
  let d = Vector(p[11] - p[3], p[12] - p[4], p[13] - p[5])
  let (focal, k1, k2, weight) = (p[6], p[9], p[10], p[14])
  let square: Double = dot(r, r)
  let turned: Vector
  // What a row (x, y, z) before the rotation is after it: by the point, and by the rotation.
  var (a, c, s, inverse) = (r, 1.0, 1.0, 1.0)
  var along = 0.0
  if square == 0 {
    turned = d + cross(r, d)
  } else {
    let angle: Double = square.squareRoot()
    inverse = 1 / angle
    (c, s) = (cos(angle), sin(angle))
    a = r * inverse
    along = dot(a, d)
    turned = d * c + cross(a, d) * s + a * (along * (1 - c))
  }
  let t: Double = 1 - c
  let depth: Double = 1 / turned.z
  let (u, v) = (turned.x * depth, turned.y * depth)
  let radius: Double = u * u + v * v
  let radius2: Double = radius * radius
  let scale: Double = 1 + k1 * radius + k2 * radius2
  let slope: Double = 2 * (k1 + 2 * k2 * radius)
  let both: Double = weight * focal
  let uu: Double = both * (scale + slope * u * u)
  let vv: Double = both * (scale + slope * v * v)
  let uv: Double = both * (slope * u * v)
  for i in 0..<2 {
    let (x, y, own) = i == 0 ? (uu, uv, u) : (uv, vv, v)
    let g = Vector(x * depth, y * depth, -(x * u + y * v) * depth)
    let row = jacobian + 15 * i
    // The transposes of the rotation and of its derivative, applied to g.
    let ag: Double = dot(a, g)
    let byPoint: Vector
    let byRotation: Vector
    if square == 0 {
      byPoint = g + cross(g, r)
      byRotation = cross(d, g)
    } else {
      byPoint = g * c + cross(g, a) * s + a * (ag * t)
      let byAxis = (cross(d, g) * s + (g * along + d * ag) * t) * inverse
      let byAngle: Double = dot(g, cross(a, d)) * c - dot(g, d) * s + ag * along * s
      byRotation = byAxis + a * (byAngle - dot(byAxis, a))
    }
    let distorted: Double = own * scale
    (row[0], row[1], row[2]) = (byRotation.x, byRotation.y, byRotation.z)
    (row[3], row[4], row[5]) = (-byPoint.x, -byPoint.y, -byPoint.z)
    row[6] = weight * distorted
    row[7] = i == 0 ? weight : 0
    row[8] = i == 1 ? weight : 0
    row[9] = both * own * radius
    row[10] = both * own * radius2
    (row[11], row[12], row[13]) = (byPoint.x, byPoint.y, byPoint.z)
    row[14] = p[7 + i] + focal * distorted - seen[i]
    error[i] = weight * row[14]
  }
}

/// 10,000 steps of Lorenz's system; `saved` has room for 12 numbers a step.
func lorenzByHand(
  _ parameters: Numbers, _ steps: Int, _ saved: MutableNumbers, _ gradient: MutableNumbers
) -> Double {
  var (x, y, z) = (parameters[0], parameters[1], parameters[2])
  let (s, r, b) = (parameters[3], parameters[4], parameters[5])
  let dt = 0.0005
  let (half, sixth) = (dt / 2, dt / 6)
  for step in 0..<steps {
    let f = saved + 12 * step
    (f[0], f[1], f[2]) = (x, y, z)
    let (p1, q1, w1) = (s * (y - x), x * (r - z) - y, x * y - b * z)
    let (x2, y2, z2) = (x + half * p1, y + half * q1, z + half * w1)
    (f[3], f[4], f[5]) = (x2, y2, z2)
    let (p2, q2, w2) = (s * (y2 - x2), x2 * (r - z2) - y2, x2 * y2 - b * z2)
    let (x3, y3, z3) = (x + half * p2, y + half * q2, z + half * w2)
    (f[6], f[7], f[8]) = (x3, y3, z3)
    let (p3, q3, w3) = (s * (y3 - x3), x3 * (r - z3) - y3, x3 * y3 - b * z3)
    let (x4, y4, z4) = (x + dt * p3, y + dt * q3, z + dt * w3)
    (f[9], f[10], f[11]) = (x4, y4, z4)
    let (p4, q4, w4) = (s * (y4 - x4), x4 * (r - z4) - y4, x4 * y4 - b * z4)
    x += sixth * (p1 + 2 * p2 + 2 * p3 + p4)
    y += sixth * (q1 + 2 * q2 + 2 * q3 + q4)
    z += sixth * (w1 + 2 * w2 + 2 * w3 + w4)
  }
  var (dx, dy, dz, ds, dr, db) = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0)
  @inline(__always)
  func stage(_ f: Numbers, _ p: Double, _ q: Double, _ w: Double) -> (Double, Double, Double) {
    ds += p * (f[1] - f[0])
    dr += q * f[0]
    db -= w * f[2]
    return (q * (r - f[2]) - s * p + w * f[1], s * p - q + w * f[0], -(q * f[0]) - b * w)
  }
  for step in stride(from: steps - 1, through: 0, by: -1) {
    let f = Numbers(saved + 12 * step)
    let (p, q, w) = (sixth * dx, sixth * dy, sixth * dz)
    let (x4, y4, z4) = stage(f + 9, p, q, w)
    let (x3, y3, z3) = stage(f + 6, 2 * p + dt * x4, 2 * q + dt * y4, 2 * w + dt * z4)
    let (x2, y2, z2) = stage(f + 3, 2 * p + half * x3, 2 * q + half * y3, 2 * w + half * z3)
    let (x1, y1, z1) = stage(f, p + half * x2, q + half * y2, w + half * z2)
    dx += x1 + x2 + x3 + x4
    dy += y1 + y2 + y3 + y4
    dz += z1 + z2 + z3 + z4
  }
  (gradient[0], gradient[1], gradient[2]) = (dx, dy, dz)
  (gradient[3], gradient[4], gradient[5]) = (ds, dr, db)
  return x
}

/// The building of examples/building.bp; `saved` has room for 2 numbers a step.
func buildingByHand<Scalar: FloatingPoint & ExpressibleByFloatLiteral>(
  _ v: UnsafePointer<Scalar>, _ goal: Scalar, _ steps: Int, _ saved: UnsafeMutablePointer<Scalar>,
  _ gradient: UnsafeMutablePointer<Scalar>
) -> Scalar {
  let dt: Scalar = 0.1
  let (spacing, diameter, thickness, resistivity, area) = (v[0], v[1], v[2], v[3], v[5])
  let (floorHeat, floorDensity, floorThickness) = (v[6], v[7], v[8])
  let (flow, density, heat) = (v[11], v[12], v[13])
  let (tankVolume, tankHeat, tankDensity) = (v[15], v[16], v[17])
  let conductance: Scalar = flow * density * heat
  let byTank: Scalar = dt / (tankHeat * tankVolume * tankDensity)
  let byWater: Scalar = dt / (heat * (flow * dt * density))
  let surface: Scalar = area / spacing * Scalar.pi * diameter
  let bySurface: Scalar = surface / (10 * resistivity * thickness)
  let byFloor: Scalar = dt / (floorHeat * (area * floorThickness * floorDensity))
  var (floor, water, tank) = (v[4], v[10], v[14])
  for step in 0..<steps {
    let difference: Scalar = tank - water
    let power: Scalar = difference * conductance
    tank += power * byTank
    water += power * byWater
    let below: Scalar = floor - water
    let lost: Scalar = below * bySurface
    floor -= lost * byFloor
    water += lost * byWater
    saved[2 * step] = difference
    saved[2 * step + 1] = below
  }
  let loss: Scalar = abs(floor - goal)
  var dfloor: Scalar = floor > goal ? 1 : floor < goal ? -1 : floor - goal
  var (dwater, dtank): (Scalar, Scalar) = (0, 0)
  var (dconductance, dbyTank): (Scalar, Scalar) = (0, 0)
  var (dbyWater, dbySurface, dbyFloor): (Scalar, Scalar, Scalar) = (0, 0, 0)
  for step in stride(from: steps - 1, through: 0, by: -1) {
    let (difference, below) = (saved[2 * step], saved[2 * step + 1])
    let lost: Scalar = below * bySurface
    let power: Scalar = difference * conductance
    let dlost: Scalar = dwater * byWater - dfloor * byFloor
    dbyWater += dwater * lost
    dbyFloor -= dfloor * lost
    dbySurface += dlost * below
    let dbelow: Scalar = dlost * bySurface
    dfloor += dbelow
    dwater -= dbelow
    let dpower: Scalar = dwater * byWater + dtank * byTank
    dbyWater += dwater * power
    dbyTank += dtank * power
    dconductance += dpower * difference
    let ddifference: Scalar = dpower * conductance
    dtank += ddifference
    dwater -= ddifference
  }
  let waterShare: Scalar = dbyWater * byWater
  let tankShare: Scalar = dbyTank * byTank
  let surfaceShare: Scalar = dbySurface * bySurface
  let floorShare: Scalar = dbyFloor * byFloor
  let flowShare: Scalar = dconductance * conductance
  gradient[0] = -surfaceShare / spacing
  gradient[1] = surfaceShare / diameter
  gradient[2] = -surfaceShare / thickness
  gradient[3] = -surfaceShare / resistivity
  gradient[4] = dfloor
  gradient[5] = (surfaceShare - floorShare) / area
  gradient[6] = -floorShare / floorHeat
  gradient[7] = -floorShare / floorDensity
  gradient[8] = -floorShare / floorThickness
  gradient[9] = 0
  gradient[10] = dwater
  gradient[11] = (flowShare - waterShare) / flow
  gradient[12] = (flowShare - waterShare) / density
  gradient[13] = (flowShare - waterShare) / heat
  gradient[14] = dtank
  gradient[15] = -tankShare / tankVolume
  gradient[16] = -tankShare / tankHeat
  gradient[17] = -tankShare / tankDensity
  gradient[18] = 0
  return loss
}
