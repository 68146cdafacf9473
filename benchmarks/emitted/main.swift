// Checks the emitted functions against those written by hand, and times all of them in turns: see
// `run`. Prints a line for each measurement: workload, variant, nanoseconds; and for each check:
// workload, "difference", the largest one relative to max(1, |number|).

import Glibc
import _Differentiation

/// The sum of all results, which the next call waits for where it could be moved out of a loop.
nonisolated(unsafe) var sink = 0.0

/// Returns a number that is known only when the call before has ended.
@inline(never) func after(_ x: Double) -> Double { x + 1e-300 * sink }

struct Variant {
  let name: String
  /// Does the work a number of times.
  let run: (Int) -> Void
}

struct Workload {
  let name: String
  /// How many units of work a call does: the times are those of one unit.
  let units: Int
  let variants: [Variant]
  /// Results of the emitted function and of the others by name, which should be the same.
  let results: () -> [(name: String, emitted: [Double], other: [Double])]
}

/// What the caller of an emitted function owns, and an argument that changes from call to call.
struct Owned<Gradient> {
  var gradient: Gradient
  var workspace: [Double]
  var argument: [Double]

  /// Calls `body` with the contents as a local variable, which takes no test at each access.
  mutating func lend<Result>(_ body: (inout Self) -> Result) -> Result { body(&self) }
}

/// A block of memory that is never freed.
func memory(_ count: Int) -> UnsafeMutablePointer<Double> {
  let memory = UnsafeMutablePointer<Double>.allocate(capacity: max(count, 1))
  memory.initialize(repeating: 0, count: count)
  return memory
}

func array(_ memory: UnsafeMutablePointer<Double>, _ count: Int) -> [Double] {
  Array(UnsafeBufferPointer(start: memory, count: count))
}

/// Returns numbers between -1 and 1, always the same.
func numbers(_ count: Int, seed: UInt64, scale: Double = 1) -> [Double] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return scale * (Double(state >> 11) / Double(1 << 52) - 1)
  }
}

/// The nanoseconds of processor time that the process has used.
func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return 1e9 * Double(time.tv_sec) + Double(time.tv_nsec)
}

/// Returns the nanoseconds that one unit takes.
func nanoseconds(_ variant: Variant, _ count: Int, _ units: Int) -> Double {
  let start = processorTime()
  variant.run(count)
  return (processorTime() - start) / Double(count * units)
}

/// Returns how many calls take some milliseconds.
func repetitions(_ variant: Variant, _ units: Int) -> Int {
  var count = 1
  while count < 1 << 20, nanoseconds(variant, count, 1) * Double(count) < 3e6 { count *= 2 }
  return count
}

func difference(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { worst, pair in
    let (x, y) = pair
    if x.isNaN && y.isNaN || x == y { return worst }
    let relative = abs(x - y) / max(1, abs(x), abs(y))
    return relative.isNaN ? .infinity : max(worst, relative)
  }
}

let workloads: [Workload] = [
  sigmoidWorkload(), networkWorkload(), rosenbrockWorkload(1000), rosenbrockWorkload(1_000_000),
  mixtureWorkload(), reprojectionWorkload(), lorenzWorkload(), buildingWorkload(),
  buildingFloatWorkload(),
]

let exponents = numbers(1024, seed: 1)
let yardstick = Variant(name: "exp") { count in
  for _ in 0..<count { sink += c_exp_loop(exponents, exponents.count) }
}

let arguments = CommandLine.arguments
if arguments.count == 4, let count = Int(arguments[3]) {
  // For counting instructions: one variant, a number of times.
  for workload in workloads where workload.name == arguments[1] {
    for variant in workload.variants where variant.name == arguments[2] { variant.run(count) }
  }
} else {
  let chosen = arguments.dropFirst()
  for workload in workloads where chosen.isEmpty || chosen.contains(workload.name) {
    for (name, emitted, other) in workload.results() {
      print(workload.name, "difference", name, difference(emitted, other))
    }
    let variants = workload.variants
    let counts = variants.map { repetitions($0, workload.units) }
    let exps = repetitions(yardstick, 1)
    var times = variants.map { _ in [Double]() }
    var yardsticks: [Double] = []
    for _ in 0..<25 {
      for (number, variant) in variants.enumerated() {
        times[number].append(nanoseconds(variant, counts[number], workload.units))
      }
      yardsticks.append(nanoseconds(yardstick, exps, exponents.count))
    }
    for (variant, times) in zip(variants, times) {
      print(workload.name, "time", variant.name, times.min() ?? 0)
    }
    print(workload.name, "time", "exp", yardsticks.min() ?? 0)
  }
}
if sink == 0.123 { print(sink) }
