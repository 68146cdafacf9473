#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// An axis of a picture: which number stands where, and which numbers are written.
struct PlotAxis {
  private let isLogarithmic: Bool
  private let isWhole: Bool
  private let low: Double
  private let high: Double
  private let start: Double
  private let end: Double

  /// A number that is written at the axis.
  struct Tick: Equatable {
    /// The number.
    let label: String
    /// Where it stands.
    let place: Double

    /// Returns the middle of the label in a picture of `width`, which none leaves.
    func middle(width: Double) -> Double {
      let half = 4 * Double(label.count)
      return max(half, min(place, width - half))
    }
  }

  /// An axis from the place `start` to the place `end` that has all `numbers`, which are finite, and
  /// above 0 if it is logarithmic; only whole numbers are written if it is of these.
  init(
    _ numbers: [Double], isLogarithmic: Bool = false, isWhole: Bool = false, from start: Double,
    to end: Double
  ) {
    self.isLogarithmic = isLogarithmic
    self.isWhole = isWhole
    self.start = start
    self.end = end
    let scaled = numbers.map { isLogarithmic ? log10($0) : $0 }
    let (low, high) = (scaled.min() ?? 0, scaled.max() ?? 1)
    // One number alone, or one that is as good as alone, stands in the middle.
    let isAlone = !(high / 2 - low / 2).isNormal
    let margin = !isAlone ? 0 : isLogarithmic ? 0.5 : max(0.5, high.magnitude * 0.5)
    self.low = low - margin
    self.high = high + margin
  }

  /// Returns where `number` stands, to a hundredth.
  func place(_ number: Double) -> Double {
    let scaled = isLogarithmic ? log10(number) : number
    // Halves keep the distance of the largest numbers finite.
    let part = (scaled / 2 - low / 2) / (high / 2 - low / 2)
    return ((start + part * (end - start)) * 100).rounded() / 100
  }

  /// The numbers that are written: round ones, of which there are a few.
  var ticks: [Tick] {
    guard isLogarithmic, high - low >= 0.9 else { return multiples }
    return high - low >= 2.5 ? powers : parts
  }

  /// 1, 2 and 5 times powers of ten.
  private var parts: [Tick] {
    let exponents = Int(low.rounded(.down))...Int(high.rounded(.down))
    return exponents.flatMap { exponent in [1, 2, 5].map { tick($0, exponent) } }
      .filter { min(start, end)...max(start, end) ~= $0.place }
  }

  /// Powers of ten.
  private var powers: [Tick] {
    let first = Int(low.rounded(.up))
    let last = Int(high.rounded(.down))
    let step = max(1, (last - first + 7) / 8)
    let bottom = first + (step - (first % step + step) % step) % step
    return stride(from: bottom, through: last, by: step).map { tick(1, $0) }
  }

  /// Multiples of 1, 2 or 5 times a power of ten.
  private var multiples: [Tick] {
    let (bottom, top) = isLogarithmic ? (pow(10, low), pow(10, high)) : (low, high)
    let rough = top / 5 - bottom / 5
    guard rough.isNormal else { return [] }
    let exponent = max(Int(log10(rough).rounded(.down)), isWhole ? 0 : Int.min)
    let unit = pow(10, Double(exponent))
    let factor = [1.0, 2, 5, 10].first { $0 * unit >= rough } ?? 10
    let step = factor * unit
    let (first, last) = ((bottom / step).rounded(.up), (top / step).rounded(.down))
    // Where numbers differ in their last digits there are no round ones between them.
    guard first.magnitude < 1e9, last.magnitude < 1e9, last - first < 20 else { return [] }
    return stride(from: first, through: last, by: 1).map { tick(Int($0 * factor), exponent) }
  }

  private func tick(_ factor: Int, _ exponent: Int) -> Tick {
    let text = "\(factor)e\(exponent)"
    let number = Double(text) ?? 0
    return Tick(label: Scalar(number: number, type: .real).text, place: place(number))
  }
}
