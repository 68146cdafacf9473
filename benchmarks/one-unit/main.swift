#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The seconds of processor time that the process has used.
func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

func run() {
  let inputs: [(Double, Double, Double)] = (0..<1024).map { (index: Int) in
    let a: Double = Double(index % 7) * 0.3 - 1
    let b: Double = Double(index % 11) * 0.2 - 1
    return (a, b, Double(index % 5) - 2)
  }
  let turns = 20_000
  var sum = 0.0
  let start = processorTime()
  for _ in 0..<turns {
    for (a, b, c) in inputs {
      let (value, gradient) = Sigmoid.valueAndGradient(c: c, a: a, b: b)
      sum += value + gradient.a + gradient.b + gradient.c
    }
  }
  let elapsed = processorTime() - start
  let each: Double = 1e9 * elapsed / Double(turns * inputs.count)
  print("emitted Swift: \((100 * each).rounded() / 100) ns, sum \(sum)")
}

run()
