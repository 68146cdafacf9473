// Random numbers, the same ones in each run.

extension SwiftArrayPrelude {
  /// The uniform random numbers.
  static let uniformNumber = """
    /// Returns number `index` of the random sequence `seed`, uniform in [0, 1): SplitMix64 with the
    /// index as its counter.
    func uniformNumber(seed: Int, index: Int) -> Double {
      func mixed(_ value: UInt64) -> UInt64 {
        var z = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
      }
      let start = mixed(UInt64(bitPattern: Int64(seed)) &+ 0x9E37_79B9_7F4A_7C15)
      let counter = UInt64(bitPattern: Int64(index)) &+ 1
      return Double(mixed(start &+ counter &* 0x9E37_79B9_7F4A_7C15) >> 11) * 0x1p-53
    }
    """

  /// The normal random numbers, which need the uniform ones.
  static let normalNumber = """
    /// Returns number `index` of the random sequence `seed`, normal with mean 0 and deviation 1: made
    /// of two uniform ones by the method of Box and Muller.
    func normalNumber(seed: Int, index: Int) -> Double {
      let radius = (-2 * log1p(-uniformNumber(seed: seed, index: 2 * index))).squareRoot()
      return radius * cos(2 * Double.pi * uniformNumber(seed: seed, index: 2 * index + 1))
    }
    """
}
