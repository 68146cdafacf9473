// The same functions by Swift's experimental `_Differentiation`, as one writes them for it. Arrays
// are passed as arrays and read by index, which is what it differentiates.

import Glibc
import _Differentiation

@differentiable(reverse)
func stableSigmoid(_ z: Double) -> Double {
  if z >= 0 { return 1 / (1 + exp(-z)) }
  let e = exp(z)
  return e / (1 + e)
}

@differentiable(reverse)
func sigmoidUnit(_ a: Double, _ b: Double, _ c: Double) -> Double { stableSigmoid(c * (a + b)) }

struct NetworkParameters: Differentiable {
  var W1: [Double]
  var b1: [Double]
  var W2: [Double]
  var b2: [Double]
  var W3: [Double]
  var b3: [Double]
}

@differentiable(reverse,wrt: (W, b, x))
func affine(_ W: [Double], _ b: [Double], _ x: [Double], _ row: Int) -> Double {
  var z = b[row]
  for j in 0..<withoutDerivative(at: x.count) {
    z += W[row * withoutDerivative(at: x.count) + j] * x[j]
  }
  return z
}

@differentiable(reverse,wrt: p)
func networkLoss(_ p: NetworkParameters, _ x: [Double], _ y: [Double]) -> Double {
  var a1: [Double] = []
  for i in 0..<3 {
    let z = affine(p.W1, p.b1, x, i)
    a1 = a1 + [z > 0 ? z : 0.1 * z]
  }
  var a2: [Double] = []
  for i in 0..<5 { a2 = a2 + [stableSigmoid(affine(p.W2, p.b2, a1, i))] }
  var loss = 0.0
  for i in 0..<4 {
    let error = stableSigmoid(affine(p.W3, p.b3, a2, i)) - y[i]
    loss += error * error
  }
  return loss * 0.25
}

@differentiable(reverse)
func rosenbrockSum(_ x: [Double]) -> Double {
  var sum = 0.0
  for i in 0..<(withoutDerivative(at: x.count) - 1) {
    let rise = x[i + 1] - x[i] * x[i]
    let rest = 1 - x[i]
    sum += 100 * rise * rise + rest * rest
  }
  return sum
}

struct Camera: Differentiable {
  var rx, ry, rz, centerX, centerY, centerZ, focal, principalX, principalY, k1, k2: Double
  var pointX, pointY, pointZ, weight: Double
}

struct Turned: Differentiable {
  var x, y, z: Double
}

@differentiable(reverse)
func turned(_ c: Camera) -> Turned {
  let (x, y, z) = (c.pointX - c.centerX, c.pointY - c.centerY, c.pointZ - c.centerZ)
  let square = c.rx * c.rx + c.ry * c.ry + c.rz * c.rz
  if square == 0 {
    return Turned(
      x: x + c.ry * z - c.rz * y, y: y + c.rz * x - c.rx * z, z: z + c.rx * y - c.ry * x)
  }
  let angle = square.squareRoot()
  let ax = c.rx / angle
  let ay = c.ry / angle
  let az = c.rz / angle
  let cosine = cos(angle)
  let sine = sin(angle)
  let along = (ax * x + ay * y + az * z) * (1 - cosine)
  let tx = x * cosine + (ay * z - az * y) * sine + ax * along
  let ty = y * cosine + (az * x - ax * z) * sine + ay * along
  let tz = z * cosine + (ax * y - ay * x) * sine + az * along
  return Turned(x: tx, y: ty, z: tz)
}

/// The first component of the error, or the second one.
@differentiable(reverse,wrt: c)
func reprojectionError(_ c: Camera, _ seen: Double, _ isSecond: Bool) -> Double {
  let t = turned(c)
  let u = t.x / t.z
  let v = t.y / t.z
  let radius = u * u + v * v
  let distortion = 1 + c.k1 * radius + c.k2 * radius * radius
  if isSecond { return c.weight * (c.principalY + c.focal * v * distortion - seen) }
  return c.weight * (c.principalX + c.focal * u * distortion - seen)
}

struct LorenzState: Differentiable {
  var x, y, z, s, r, b: Double
}

@differentiable(reverse,wrt: start)
func lorenzEnd(_ start: LorenzState, _ steps: Int) -> Double {
  var (x, y, z) = (start.x, start.y, start.z)
  let dt = 0.0005
  for _ in 0..<steps {
    let p1 = start.s * (y - x)
    let q1 = x * (start.r - z) - y
    let w1 = x * y - start.b * z
    let x2 = x + dt / 2 * p1
    let y2 = y + dt / 2 * q1
    let z2 = z + dt / 2 * w1
    let p2 = start.s * (y2 - x2)
    let q2 = x2 * (start.r - z2) - y2
    let w2 = x2 * y2 - start.b * z2
    let x3 = x + dt / 2 * p2
    let y3 = y + dt / 2 * q2
    let z3 = z + dt / 2 * w2
    let p3 = start.s * (y3 - x3)
    let q3 = x3 * (start.r - z3) - y3
    let w3 = x3 * y3 - start.b * z3
    let x4 = x + dt * p3
    let y4 = y + dt * q3
    let z4 = z + dt * w3
    let p4 = start.s * (y4 - x4)
    let q4 = x4 * (start.r - z4) - y4
    let w4 = x4 * y4 - start.b * z4
    x = x + dt / 6 * (p1 + 2 * p2 + 2 * p3 + p4)
    y = y + dt / 6 * (q1 + 2 * q2 + 2 * q3 + q4)
    z = z + dt / 6 * (w1 + 2 * w2 + 2 * w3 + w4)
  }
  return x
}

struct House: Differentiable {
  var spacing, diameter, thickness, resistivity: Double
  var floor, area, floorHeat, floorDensity, floorThickness: Double
  var power, water, flow, density, heat: Double
  var tank, tankVolume, tankHeat, tankDensity, tankMass: Double
}

@differentiable(reverse,wrt: h)
func houseLoss(_ h: House, _ goal: Double, _ steps: Int) -> Double {
  let dt = 0.1
  var (floor, water, tank) = (h.floor, h.water, h.tank)
  for _ in 0..<steps {
    let power = (tank - water) * h.flow * h.density * h.heat
    tank = tank + power * dt / h.tankHeat / (h.tankVolume * h.tankDensity)
    water = water + power * dt / h.heat / (h.flow * dt * h.density)
    let surface = h.area / h.spacing * Double.pi * h.diameter
    let resistance = 10 * h.resistivity * h.thickness / surface
    let lost = (floor - water) / resistance
    floor = floor - lost * dt / h.floorHeat / (h.area * h.floorThickness * h.floorDensity)
    water = water + lost * dt / h.heat / (h.flow * dt * h.density)
  }
  return floor < goal ? goal - floor : floor - goal
}
