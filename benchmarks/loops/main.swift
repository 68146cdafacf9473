// Times value and derivatives of the emitted functions, in turns: see `run`.

/// The sum of all results.
var sink = 0.0

/// Returns a number that is known only when the call before has ended.
@inline(never) func after(_ x: Double) -> Double { x + 1e-300 * sink }

struct Workload {
  let name: String
  let repetitions: Int
  let value: () -> Double
  let gradient: () -> Double
}

let numbers = (0..<64).map { Double(($0 * 37) % 64) / 64 - 0.4 }
let x5 = Array(numbers[0..<5])
var y4 = [0.21, 0.83, 0.87, 0.75]
let (w1, b1) = (Array(numbers[5..<20]), [Double](repeating: 0, count: 3))
let (w2, b2) = (Array(numbers[20..<35]), [Double](repeating: 0, count: 5))
let (w3, b3) = (Array(numbers[35..<55]), [Double](repeating: 0, count: 4))

// What the caller of the derivatives of the network owns, so that nothing is allocated.
var workspace = [Double](repeating: 0, count: Network.workspaceCount)
var networkGradient = Network.Gradient(W1: w1, b1: b1, W2: w2, b2: b2, W3: w3, b3: b3)

let workloads = [
  Workload(
    name: "newton-root", repetitions: 100_000,
    value: { NewtonRoot.value(s: after(2)) },
    gradient: { NewtonRoot.valueAndGradient(s: after(2)).gradient.s }),
  Workload(
    name: "oscillator", repetitions: 10,
    value: { Oscillator.value(x: after(1)) },
    gradient: { Oscillator.valueAndGradient(x: after(1)).gradient.x }),
  Workload(
    name: "lorenz", repetitions: 10,
    value: { Lorenz.value(x: after(1)) },
    gradient: { Lorenz.valueAndGradient(x: after(1)).gradient.x }),
  Workload(
    name: "building", repetitions: 10_000,
    value: { Building.value(goal: after(27)) },
    gradient: { Building.valueAndGradient(goal: after(27)).gradient.tank_mass }),
  Workload(
    name: "network", repetitions: 10_000,
    value: {
      y4[0] = after(0.21)
      return Network.value(x: x5, y: y4, W1: w1, b1: b1, W2: w2, b2: b2, W3: w3, b3: b3)
    },
    gradient: {
      y4[0] = after(0.21)
      return Network.valueAndGradient(
        x: x5, y: y4, W1: w1, b1: b1, W2: w2, b2: b2, W3: w3, b3: b3, into: &networkGradient,
        workspace: &workspace) + networkGradient.b1[0]
    }),
  Workload(
    name: "training", repetitions: 1,
    value: {
      Training.value(x: x5, y: y4, W1: w1, b1: b1, W2: w2, b2: b2, W3: w3, b3: b3)
    },
    gradient: {
      Training.valueAndGradient(
        x: x5, y: y4, W1: w1, b1: b1, W2: w2, b2: b2, W3: w3, b3: b3
      ).gradient.b1[0]
    }),
]

/// Returns the nanoseconds that one of the repetitions takes.
func nanoseconds(_ count: Int, _ body: () -> Double) -> Double {
  let clock = ContinuousClock()
  let time = clock.measure { for _ in 0..<count { sink += body() } }
  let (seconds, attoseconds) = time.components
  return (Double(seconds) * 1e9 + Double(attoseconds) * 1e-9) / Double(count)
}

func median(_ numbers: [Double]) -> Double { numbers.sorted()[numbers.count / 2] }

let arguments = CommandLine.arguments
if arguments.count == 4, let count = Int(arguments[3]) {
  // For counting instructions: one function, a number of times.
  for workload in workloads where workload.name == arguments[1] {
    let body = arguments[2] == "value" ? workload.value : workload.gradient
    for _ in 0..<count { sink += body() }
  }
} else {
  for workload in workloads {
    var (values, gradients): ([Double], [Double]) = ([], [])
    for _ in 0..<31 {
      values.append(nanoseconds(workload.repetitions, workload.value))
      gradients.append(nanoseconds(workload.repetitions, workload.gradient))
    }
    print(workload.name, median(values), median(gradients))
  }
}
if sink == 0.123 { print(sink) }
