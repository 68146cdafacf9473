#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Returns random number `index` of the sequence that `seed` names: the same on every machine, in
/// whatever order the numbers are asked for.
///
/// The generator is SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators,
/// 2014) with the index as its counter; of each 64 bits the first 53 are a number in [0, 1). Normal
/// numbers are made of two uniform ones (Box, Muller: A Note on the Generation of Random Normal
/// Deviates, 1958).
package func randomNumber(_ op: Op, seed: Int, index: Int) -> Double {
  guard op == .randomNormal else { return uniformNumber(seed: seed, index: index) }
  let radius = (-2 * log1p(-uniformNumber(seed: seed, index: 2 * index))).squareRoot()
  return radius * cos(2 * Double.pi * uniformNumber(seed: seed, index: 2 * index + 1))
}

private func uniformNumber(seed: Int, index: Int) -> Double {
  let start = mixed(UInt64(bitPattern: Int64(seed)) &+ 0x9E37_79B9_7F4A_7C15)
  let bits = mixed(start &+ (UInt64(bitPattern: Int64(index)) &+ 1) &* 0x9E37_79B9_7F4A_7C15)
  return Double(bits >> 11) * 0x1p-53
}

/// The finalizer of SplitMix64.
private func mixed(_ value: UInt64) -> UInt64 {
  var z = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
  return z ^ z >> 31
}
