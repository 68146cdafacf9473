extension Function {
  /// How many operations one run takes at most: each arithmetic operation, comparison, choice and
  /// call of the mathematics library counts 1, conversions and copies nothing; of a conditional the
  /// longer arm counts.
  ///
  /// It is that of what is run, so ask it of a function after `finished()`.
  package var operationCount: Int {
    var counts = Array(repeating: 0, count: regions.count)
    // The instructions of a region come before the conditional that holds it.
    for instruction in instructions {
      switch instruction.op {
      case .mark, .real, .call: break
      case .conditional:
        let (then, otherwise) = instruction.arms
        counts[instruction.region.position] += max(
          counts[then.position], counts[otherwise.position])
      default: counts[instruction.region.position] += 1
      }
    }
    return counts[0]
  }
}
