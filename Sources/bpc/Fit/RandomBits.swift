/// The generator SplitMix64 (Steele, Lea and Flood: Fast Splittable Pseudorandom Number Generators, 2014).
///
/// The same seed gives the same numbers on every machine, and its state is one number.
struct RandomBits: RandomNumberGenerator, Equatable, Sendable {
  /// Where the sequence is: at first the seed.
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }

  /// Returns a number below `bound`, each with the same chance (Lemire 2019); that of the standard library
  /// may change.
  mutating func next(below bound: UInt64) -> Int {
    guard bound > 0 else { return 0 }
    let unfair = (0 &- bound) % bound
    while true {
      let (high, low) = next().multipliedFullWidth(by: bound)
      if low >= unfair { return Int(truncatingIfNeeded: high) }
    }
  }

  /// Puts `numbers` in random order (Fisher and Yates).
  mutating func shuffle(_ numbers: inout [Int]) {
    for last in stride(from: numbers.count - 1, to: 0, by: -1) {
      numbers.swapAt(last, next(below: UInt64(last) + 1))
    }
  }
}
