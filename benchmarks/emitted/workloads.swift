// The workloads: each with the emitted value and gradient, and the gradient by hand in Swift and C,
// and by Swift's `_Differentiation` where it compiles.

import Glibc
import _Differentiation

func sigmoidWorkload() -> Workload {
  let inputs: [(a: Double, b: Double, c: Double)] = (0..<1024).map { (index: Int) in
    let a: Double = Double(index % 7) * 0.3 - 1
    let b: Double = Double(index % 11) * 0.2 - 1
    return (a, b, Double(index % 5) - 2)
  }
  let edges: [(a: Double, b: Double, c: Double)] = [
    (0, 0, 1), (400, 0, 1), (-400, 0, 1), (0, 720, 1), (-1, -750, 1), (1e300, 1e300, 1),
    (.infinity, 0, 1), (-.infinity, 0, 1), (.nan, 0, 1),
  ]
  func emitted(_ p: (a: Double, b: Double, c: Double)) -> [Double] {
    let (value, gradient) = Sigmoid.valueAndGradient(c: p.c, a: p.a, b: p.b)
    return [value, gradient.c, gradient.a, gradient.b]
  }
  func inSwift(_ p: (a: Double, b: Double, c: Double)) -> [Double] {
    let result = sigmoidByHand(p.a, p.b, p.c)
    return [result.value, result.c, result.a, result.b]
  }
  func inC(_ p: (a: Double, b: Double, c: Double)) -> [Double] {
    var gradient = [0.0, 0, 0]
    return [c_sigmoid(p.a, p.b, p.c, &gradient)] + gradient
  }
  let cGradient = memory(3)
  return Workload(
    name: "sigmoid", units: inputs.count,
    variants: [
      Variant(name: "value") { count in
        var sum = 0.0
        for _ in 0..<count {
          for (a, b, c) in inputs { sum += Sigmoid.value(c: c, a: a, b: b) }
        }
        sink += sum
      },
      Variant(name: "emitted") { count in
        var sum = 0.0
        for _ in 0..<count {
          for (a, b, c) in inputs {
            let (value, gradient) = Sigmoid.valueAndGradient(c: c, a: a, b: b)
            sum += value + gradient.a + gradient.b + gradient.c
          }
        }
        sink += sum
      },
      Variant(name: "swift") { count in
        var sum = 0.0
        for _ in 0..<count {
          for (a, b, c) in inputs {
            let result = sigmoidByHand(a, b, c)
            sum += result.value + result.a + result.b + result.c
          }
        }
        sink += sum
      },
      Variant(name: "c") { count in
        var sum = 0.0
        for _ in 0..<count {
          for (a, b, c) in inputs {
            sum += c_sigmoid(a, b, c, cGradient) + cGradient[0] + cGradient[1] + cGradient[2]
          }
        }
        sink += sum
      },
      Variant(name: "differentiation") { count in
        var sum = 0.0
        for _ in 0..<count {
          for (a, b, c) in inputs {
            let (value, gradient) = valueWithGradient(at: a, b, c, of: sigmoidUnit)
            sum += value + gradient.0 + gradient.1 + gradient.2
          }
        }
        sink += sum
      },
    ],
    results: {
      let points = edges + inputs
      let all = points.flatMap(emitted)
      return [("swift", all, points.flatMap(inSwift)), ("c", all, points.flatMap(inC))]
    })
}

func networkWorkload() -> Workload {
  let all = numbers(55, seed: 2)
  let x = Array(all[0..<5])
  let y = memory(4)
  (y[0], y[1], y[2], y[3]) = (0.21, 0.83, 0.87, 0.75)
  let (w1, w2, w3) = (Array(all[5..<20]), Array(all[20..<35]), Array(all[35..<55]))
  let (b1, b2, b3) = ([0.1, -0.2, 0.3], [0.1, 0, 0.2, 0, -0.1], [0.0, 0.1, 0.2, 0.3])
  var owned = Owned(
    gradient: Network.Gradient(W1: w1, b1: b1, W2: w2, b2: b2, W3: w3, b3: b3),
    workspace: [Double](repeating: 0, count: Network.workspaceCount), argument: array(y, 4))
  let own = memory(62)
  let scratch = memory(24)
  let parameters = NetworkParameters(W1: w1, b1: b1, W2: w2, b2: b2, W3: w3, b3: b3)
  func emitted(_ owned: inout Owned<Network.Gradient>) -> Double {
    owned.argument[0] = after(0.21)
    return Network.valueAndGradient(
      x: x, y: owned.argument, W1: w1, b1: b1, W2: w2, b2: b2, W3: w3, b3: b3,
      into: &owned.gradient, workspace: &owned.workspace)
  }
  func inSwift() -> Double {
    y[0] = after(0.21)
    return networkByHand(
      x, y, w1, b1, w2, b2, w3, b3, own, own + 15, own + 18, own + 33, own + 38, own + 58, scratch)
  }
  func inC() -> Double {
    y[0] = after(0.21)
    return c_network(
      x, y, w1, b1, w2, b2, w3, b3, own, own + 15, own + 18, own + 33, own + 38, own + 58)
  }
  func byDifferentiation() -> (Double, NetworkParameters.TangentVector) {
    let y = [after(0.21), 0.83, 0.87, 0.75]
    return valueWithGradient(at: parameters) { networkLoss($0, x, y) }
  }
  return Workload(
    name: "network", units: 1,
    variants: [
      Variant(name: "value") { count in
        var own = owned.argument
        for _ in 0..<count {
          own[0] = after(0.21)
          sink += Network.value(x: x, y: own, W1: w1, b1: b1, W2: w2, b2: b2, W3: w3, b3: b3)
        }
      },
      Variant(name: "emitted") { count in
        owned.lend { own in for _ in 0..<count { sink += emitted(&own) } }
      },
      Variant(name: "swift") { count in for _ in 0..<count { sink += inSwift() } },
      Variant(name: "c") { count in for _ in 0..<count { sink += inC() } },
      Variant(name: "differentiation") { count in
        for _ in 0..<count { sink += byDifferentiation().0 }
      },
    ],
    results: {
      let value = owned.lend { emitted(&$0) }
      let g = owned.gradient
      let results = [value] + g.W1 + g.b1 + g.W2 + g.b2 + g.W3 + g.b3
      let hand = [inSwift()] + array(own, 62)
      let c = [inC()] + array(own, 62)
      let (loss, d) = byDifferentiation()
      let arrays = [d.W1, d.b1, d.W2, d.b2, d.W3, d.b3].flatMap { $0.base }
      return [
        ("swift", results, hand), ("c", results, c), ("differentiation", results, [loss] + arrays),
      ]
    })
}

func rosenbrockWorkload(_ n: Int) -> Workload {
  let start = numbers(n, seed: 3)
  let (x, own) = (memory(n), memory(n))
  for (index, number) in start.enumerated() { x[index] = number }
  var owned = Owned(
    gradient: Rosenbrock.Gradient(x: [Double](repeating: 0, count: n)),
    workspace: [Double](repeating: 0, count: Rosenbrock.workspaceCount),
    argument: array(x, n))
  func emitted(_ owned: inout Owned<Rosenbrock.Gradient>) -> Double {
    owned.argument[0] = after(0.5)
    return Rosenbrock.valueAndGradient(
      x: owned.argument, into: &owned.gradient, workspace: &owned.workspace)
  }
  func inSwift() -> Double {
    x[0] = after(0.5)
    return rosenbrockByHand(x, n, own)
  }
  func inC() -> Double {
    x[0] = after(0.5)
    return c_rosenbrock(x, n, own)
  }
  // Its time grows with the square of n: what reads an element adds an array of n.
  let differentiation = Variant(name: "differentiation") { count in
    var x = start
    for _ in 0..<count {
      x[0] = after(0.5)
      sink += valueWithGradient(at: x, of: rosenbrockSum).value
    }
  }
  return Workload(
    name: "rosenbrock-\(n)", units: n,
    variants: [
      Variant(name: "value") { count in
        owned.lend { own in
          for _ in 0..<count {
            own.argument[0] = after(0.5)
            sink += Rosenbrock.value(x: own.argument)
          }
        }
      },
      Variant(name: "emitted") { count in
        owned.lend { own in for _ in 0..<count { sink += emitted(&own) } }
      },
      Variant(name: "swift") { count in for _ in 0..<count { sink += inSwift() } },
      Variant(name: "c") { count in for _ in 0..<count { sink += inC() } },
    ] + (n <= 1000 ? [differentiation] : []),
    results: {
      let results = [owned.lend { emitted(&$0) }] + owned.gradient.x
      let hand = [inSwift()] + array(own, n)
      return [("swift", results, hand), ("c", results, [inC()] + array(own, n))]
    })
}

func mixtureWorkload() -> Workload {
  let n = 1000
  let start = numbers(25, seed: 4)
  let alphas = memory(25)
  for (index, number) in start.enumerated() { alphas[index] = number }
  let (means, icf) = (numbers(250, seed: 5), numbers(1375, seed: 6, scale: 0.5))
  let x = numbers(10 * n, seed: 7, scale: 2)
  var owned = Owned(
    gradient: Mixture.Gradient(alphas: start, means: means, icf: icf),
    workspace: [Double](repeating: 0, count: Mixture.workspaceCount(n: n)), argument: start)
  let own = memory(1650)
  let scratch = memory(800)
  func emitted(_ owned: inout Owned<Mixture.Gradient>) -> Double {
    owned.argument[0] = after(0.5)
    return Mixture.valueAndGradient(
      alphas: owned.argument, means: means, icf: icf, x: x, gamma: 1, m: 2,
      into: &owned.gradient, workspace: &owned.workspace)
  }
  func inSwift() -> Double {
    alphas[0] = after(0.5)
    return mixtureByHand(alphas, means, icf, x, n, 1, 2, own, own + 25, own + 275, scratch)
  }
  func inC() -> Double {
    alphas[0] = after(0.5)
    return c_mixture(alphas, means, icf, x, n, 1, 2, own, own + 25, own + 275)
  }
  return Workload(
    name: "mixture", units: 1,
    variants: [
      Variant(name: "value") { count in
        var own = owned.argument
        for _ in 0..<count {
          own[0] = after(0.5)
          sink += Mixture.value(alphas: own, means: means, icf: icf, x: x, gamma: 1, m: 2)
        }
      },
      Variant(name: "emitted") { count in
        owned.lend { own in for _ in 0..<count { sink += emitted(&own) } }
      },
      Variant(name: "swift") { count in for _ in 0..<count { sink += inSwift() } },
      Variant(name: "c") { count in for _ in 0..<count { sink += inC() } },
    ],
    results: {
      let value = owned.lend { emitted(&$0) }
      let g = owned.gradient
      let results = [value] + g.alphas + g.means + g.icf
      let hand = [inSwift()] + array(own, 1650)
      return [("swift", results, hand), ("c", results, [inC()] + array(own, 1650))]
    })
}

func reprojectionWorkload() -> Workload {
  // 128 observations, of which every other one is near a rotation of 0, and the first is 0 itself.
  let count = 128
  let noise = numbers(17 * count, seed: 8)
  let observations: [[Double]] = (0..<count).map { number in
    let e = noise[(17 * number)..<(17 * number + 17)].map { $0 }
    let size: Double = number == 0 ? 0 : number % 2 == 0 ? 1 : 1e-4
    var all: [Double] = [size * e[0], size * e[1], size * e[2], e[3], e[4], e[5] - 6]
    all += [500 + e[6], e[7], e[8], 0.1 * e[9], 0.01 * e[10]]
    all += [e[11], e[12], e[13], 1 + 0.5 * e[14], 50 * e[15], 50 * e[16]]
    return all
  }
  let table = memory(17 * count)
  for (index, number) in observations.joined().enumerated() { table[index] = number }
  func camera(_ p: UnsafePointer<Double>) -> Camera {
    Camera(
      rx: p[0], ry: p[1], rz: p[2], centerX: p[3], centerY: p[4], centerZ: p[5], focal: p[6],
      principalX: p[7], principalY: p[8], k1: p[9], k2: p[10], pointX: p[11], pointY: p[12],
      pointZ: p[13], weight: p[14])
  }
  let (error, jacobian) = (memory(2), memory(30))
  func emitted(_ p: UnsafePointer<Double>) {
    let (values, rows) = Reprojection.valuesAndJacobian(
      rx: p[0], ry: p[1], rz: p[2], center_x: p[3], center_y: p[4], center_z: p[5],
      focal_length: p[6], principal_x: p[7], principal_y: p[8], k1: p[9], k2: p[10],
      point_x: p[11], point_y: p[12], point_z: p[13], weight: p[14], seen_x: p[15], seen_y: p[16])
    (error[0], error[1]) = (values.error_x, values.error_y)
    let (gx, gy) = (rows.error_x, rows.error_y)
    let (r, s) = (jacobian, jacobian + 15)
    (r[0], r[1], r[2], r[3], r[4]) = (gx.rx, gx.ry, gx.rz, gx.center_x, gx.center_y)
    (r[5], r[6], r[7], r[8]) = (gx.center_z, gx.focal_length, gx.principal_x, gx.principal_y)
    (r[9], r[10], r[11], r[12]) = (gx.k1, gx.k2, gx.point_x, gx.point_y)
    (r[13], r[14]) = (gx.point_z, gx.weight)
    (s[0], s[1], s[2], s[3], s[4]) = (gy.rx, gy.ry, gy.rz, gy.center_x, gy.center_y)
    (s[5], s[6], s[7], s[8]) = (gy.center_z, gy.focal_length, gy.principal_x, gy.principal_y)
    (s[9], s[10], s[11], s[12]) = (gy.k1, gy.k2, gy.point_x, gy.point_y)
    (s[13], s[14]) = (gy.point_z, gy.weight)
  }
  func all(_ body: (UnsafePointer<Double>) -> Void) -> [Double] {
    (0..<count).flatMap { number in
      body(table + 17 * number)
      return array(error, 2) + array(jacobian, 30)
    }
  }
  func variant(_ name: String, _ body: @escaping (UnsafePointer<Double>) -> Void) -> Variant {
    Variant(name: name) { repetitions in
      for _ in 0..<repetitions {
        for number in 0..<count {
          body(table + 17 * number)
          sink += jacobian[0] + jacobian[29]
        }
      }
    }
  }
  return Workload(
    name: "reprojection", units: count,
    variants: [
      variant("value") { p in
        let values = Reprojection.values(
          rx: p[0], ry: p[1], rz: p[2], center_x: p[3], center_y: p[4], center_z: p[5],
          focal_length: p[6], principal_x: p[7], principal_y: p[8], k1: p[9], k2: p[10],
          point_x: p[11], point_y: p[12], point_z: p[13], weight: p[14], seen_x: p[15],
          seen_y: p[16])
        (jacobian[0], jacobian[29]) = (values.error_x, values.error_y)
      },
      variant("emitted", emitted),
      variant("swift") { reprojectionByHand($0, $0 + 15, error, jacobian) },
      variant("c") { c_reprojection($0, $0 + 15, error, jacobian) },
      variant("differentiation") { p in
        let camera = camera(p)
        let x = valueWithGradient(at: camera) { reprojectionError($0, p[15], false) }
        let y = valueWithGradient(at: camera) { reprojectionError($0, p[16], true) }
        (error[0], error[1]) = (x.value, y.value)
        (jacobian[0], jacobian[29]) = (x.gradient.rx, y.gradient.weight)
      },
    ],
    results: {
      let results = all(emitted)
      return [
        ("swift", results, all { reprojectionByHand($0, $0 + 15, error, jacobian) }),
        ("c", results, all { c_reprojection($0, $0 + 15, error, jacobian) }),
      ]
    })
}

func lorenzWorkload() -> Workload {
  let steps = 10_000
  var start = [1.0, 1, 1, 10, 28, 8.0 / 3]
  let (saved, own) = (memory(12 * steps), memory(6))
  func byDifferentiation() -> (value: Double, gradient: LorenzState.TangentVector) {
    let state = LorenzState(x: after(1), y: 1, z: 1, s: 10, r: 28, b: 8.0 / 3)
    return valueWithGradient(at: state) { lorenzEnd($0, steps) }
  }
  func inSwift() -> Double {
    start[0] = after(1)
    return lorenzByHand(start, steps, saved, own)
  }
  func inC() -> Double {
    start[0] = after(1)
    return c_lorenz(start, steps, saved, own)
  }
  return Workload(
    name: "lorenz", units: steps,
    variants: [
      Variant(name: "value") { count in for _ in 0..<count { sink += Lorenz.value(x: after(1)) } },
      Variant(name: "emitted") { count in
        for _ in 0..<count { sink += Lorenz.valueAndGradient(x: after(1)).gradient.x }
      },
      Variant(name: "swift") { count in for _ in 0..<count { sink += inSwift() } },
      Variant(name: "c") { count in for _ in 0..<count { sink += inC() } },
      Variant(name: "differentiation") { count in
        for _ in 0..<count { sink += byDifferentiation().value }
      },
    ],
    results: {
      let (value, g) = Lorenz.valueAndGradient(x: after(1))
      let results = [value, g.x, g.y, g.z, g.σ, g.ρ, g.β]
      let hand = [inSwift()] + array(own, 6)
      let c = [inC()] + array(own, 6)
      let (v, d) = byDifferentiation()
      return [
        ("swift", results, hand), ("c", results, c),
        ("differentiation", results, [v, d.x, d.y, d.z, d.s, d.r, d.b]),
      ]
    })
}

/// The defaults of the building.
let buildingParameters: [Double] = [
  0.50292, 0.019, 0.001588, 2.43, 33.3, 100, 0.2, 2242.58, 0.101, 0, 60, 0.0006309, 1000, 4180,
  70, 0.0757082, 4180, 1000, 75.708,
]

func buildingWorkload() -> Workload {
  let v = buildingParameters
  let (saved, own) = (memory(40), memory(19))
  let house = House(
    spacing: v[0], diameter: v[1], thickness: v[2], resistivity: v[3], floor: v[4], area: v[5],
    floorHeat: v[6], floorDensity: v[7], floorThickness: v[8], power: v[9], water: v[10],
    flow: v[11], density: v[12], heat: v[13], tank: v[14], tankVolume: v[15], tankHeat: v[16],
    tankDensity: v[17], tankMass: v[18])
  return Workload(
    name: "building", units: 1,
    variants: [
      Variant(name: "value") { count in
        for _ in 0..<count { sink += Building.value(goal: after(27)) }
      },
      Variant(name: "emitted") { count in
        for _ in 0..<count {
          sink += Building.valueAndGradient(goal: after(27)).gradient.tank_temperature
        }
      },
      Variant(name: "swift") { count in
        for _ in 0..<count { sink += buildingByHand(v, after(27), 20, saved, own) }
      },
      Variant(name: "c") { count in
        for _ in 0..<count { sink += c_building(v, after(27), 20, saved, own) }
      },
      Variant(name: "differentiation") { count in
        for _ in 0..<count {
          let goal = after(27)
          sink += valueWithGradient(at: house) { houseLoss($0, goal, 20) }.value
        }
      },
    ],
    results: {
      let (value, g) = Building.valueAndGradient(goal: after(27))
      let results: [Double] = [
        value, g.tube_spacing, g.tube_diameter, g.tube_thickness, g.tube_resistivity,
        g.floor_temperature, g.floor_area, g.floor_heat, g.floor_density, g.floor_thickness,
        g.water_power, g.water_temperature, g.water_flow, g.water_density, g.water_heat,
        g.tank_temperature, g.tank_volume, g.tank_heat, g.tank_density, g.tank_mass,
      ]
      let hand = [buildingByHand(v, after(27), 20, saved, own)] + array(own, 19)
      let c = [c_building(v, after(27), 20, saved, own)] + array(own, 19)
      return [("swift", results, hand), ("c", results, c)]
    })
}

/// The building with `Float`, against the same code by hand with `Float`.
func buildingFloatWorkload() -> Workload {
  let v = UnsafeMutablePointer<Float>.allocate(capacity: buildingParameters.count)
  for (index, number) in buildingParameters.enumerated() { v[index] = Float(number) }
  let saved = UnsafeMutablePointer<Float>.allocate(capacity: 40)
  let own = UnsafeMutablePointer<Float>.allocate(capacity: 19)
  return Workload(
    name: "building-float32", units: 1,
    variants: [
      Variant(name: "value") { count in
        for _ in 0..<count { sink += Double(BuildingFloat.value(goal: Float(after(27)))) }
      },
      Variant(name: "emitted") { count in
        for _ in 0..<count {
          let (_, gradient) = BuildingFloat.valueAndGradient(goal: Float(after(27)))
          sink += Double(gradient.tank_temperature)
        }
      },
      Variant(name: "swift") { count in
        for _ in 0..<count { sink += Double(buildingByHand(v, Float(after(27)), 20, saved, own)) }
      },
    ],
    results: {
      let (value, g) = BuildingFloat.valueAndGradient(goal: 27)
      let results: [Float] = [
        value, g.tube_spacing, g.tube_diameter, g.tube_thickness, g.tube_resistivity,
        g.floor_temperature, g.floor_area, g.floor_heat, g.floor_density, g.floor_thickness,
        g.water_power, g.water_temperature, g.water_flow, g.water_density, g.water_heat,
        g.tank_temperature, g.tank_volume, g.tank_heat, g.tank_density, g.tank_mass,
      ]
      let value2: Float = buildingByHand(v, 27, 20, saved, own)
      let hand = [value2] + Array(UnsafeBufferPointer(start: own, count: 19))
      return [("swift", results.map { Double($0) }, hand.map { Double($0) })]
    })
}
