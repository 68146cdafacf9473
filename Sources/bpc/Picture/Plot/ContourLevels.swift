#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The levels that lines are drawn for: round numbers between two, evenly spaced where that shows the values.
struct ContourLevels {
  /// The levels from low to high, with their texts.
  private(set) var levels: [(label: String, number: Double)]

  /// How many levels there are about.
  private static let count = 10

  /// Chooses levels between the ends of `shown` for `values`.
  init(_ values: [Double], _ shown: ClosedRange<Double>) {
    let inside = values.filter { $0 >= shown.lowerBound && $0 <= shown.upperBound }.sorted()
    levels = ContourLevels.even(shown.lowerBound, shown.upperBound)
    guard hasCrowdedBand(inside) else { return }
    let quantiles = ContourLevels.quantiles(of: inside)
    if quantiles.count > 2 { levels = quantiles }
  }

  /// Whether more than half of `values` lie between two neighbours among the levels, where no line would tell
  /// them apart: in a valley with steep walls, say.
  private func hasCrowdedBand(_ values: [Double]) -> Bool {
    let ends = levels.map { level in values.count(below: level.number) }
    let counts = zip([0] + ends, ends + [values.count]).map { $1 - $0 }
    return (counts.max() ?? 0) * 2 > values.count
  }

  private static func even(_ low: Double, _ high: Double) -> [(label: String, number: Double)] {
    guard (high / 2 - low / 2).isNormal else { return [] }
    // The numbers of an axis of half the length are twice as near.
    let halves = [(low, low / 2 + high / 2), (low / 2 + high / 2, high)].flatMap { ends in
      PlotAxis([ends.0, ends.1], from: 0, to: 1).ticks.map(\.label)
    }
    var seen: Set<String> = []
    return halves.filter { seen.insert($0).inserted }.compactMap { label in
      Double(label).map { (label, $0) }
    }
  }

  /// Returns round numbers that have about as many of the sorted `values` between them.
  private static func quantiles(of values: [Double]) -> [(label: String, number: Double)] {
    var chosen: [(label: String, number: Double)] = []
    guard let first = values.first, let last = values.last else { return [] }
    for part in 1..<count {
      let label = rounded(values[part * (values.count - 1) / count])
      guard let number = Double(label), number > first, number < last,
        number > chosen.last?.number ?? -.infinity
      else { continue }
      chosen.append((label, number))
    }
    return chosen
  }

  /// Returns the text of the nearest number with a round first digit and no other.
  private static func rounded(_ number: Double) -> String {
    guard number.isNormal else { return "0" }
    let exponent = Int(log10(number.magnitude).rounded(.down))
    let part = number.magnitude / pow(10, Double(exponent))
    let digit = [1, 2, 3, 5, 7, 10].min {
      (Double($0) - part).magnitude < (Double($1) - part).magnitude
    }
    let text = "\(number < 0 ? "-" : "")\(digit ?? 1)e\(exponent)"
    return Scalar(number: Double(text) ?? 0, type: .real).text
  }
}

extension [Double] {
  /// Returns how many of the sorted numbers are less than `number`.
  fileprivate func count(below number: Double) -> Int {
    var range = 0..<count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      range = self[middle] < number ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound
  }
}
