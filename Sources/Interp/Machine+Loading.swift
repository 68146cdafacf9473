// Arguments and results of a machine that runs many times, without a tensor for each of them.

extension Machine {
  /// Makes the elements of `numbers` from `start` on argument number `index` of the next run, which
  /// `runLoaded` is.
  ///
  /// A run may write where its arguments stand, so each run needs them all anew.
  package func load(_ numbers: [Double], from start: Int, asArgument index: Int) {
    let variable = program.parameters[index]
    let count = variable.count
    guard let memory, start >= 0, count <= numbers.count - start else { return }
    switch precision {
    case .float64:
      let target = memory.assumingMemoryBound(to: Double.self) + variable.slot
      for element in 0..<count { target[element] = numbers[start + element] }
    case .float32:
      let target = memory.assumingMemoryBound(to: Float.self) + variable.slot
      for element in 0..<count { target[element] = Float(numbers[start + element]) }
    }
  }

  /// Adds the elements of result number `index` of the last run to those of `sums` from `start` on.
  package func add(result index: Int, to sums: inout [Double], at start: Int) {
    let variable = program.results[index]
    let count = variable.count
    guard let memory, start >= 0, count <= sums.count - start else { return }
    switch precision {
    case .float64:
      let source = memory.assumingMemoryBound(to: Double.self) + variable.slot
      for element in 0..<count { sums[start + element] += source[element] }
    case .float32:
      let source = memory.assumingMemoryBound(to: Float.self) + variable.slot
      for element in 0..<count { sums[start + element] += Double(source[element]) }
    }
  }
}
