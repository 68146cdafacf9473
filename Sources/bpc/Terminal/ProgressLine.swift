/// A line that says how far a long work is.
struct ProgressLine: Equatable {
  /// How many parts are done.
  let done: Int
  /// How many there are.
  let total: Int
  /// What is said besides.
  let facts: [String]
  /// How many seconds it took so far, and how many parts were done in them.
  let seconds: Double
  let doneMeanwhile: Int

  /// Returns the line, in at most `width` columns.
  func text(width: Int) -> String {
    let bar = ProgressLine.bar(done, total, 20)
    let parts = ["\(bar) \(done)/\(total)"] + facts + (timeLeft.map { ["\($0) left"] } ?? [])
    return String(parts.joined(separator: "  ").prefix(max(0, width - 1)))
  }

  private static func bar(_ done: Int, _ total: Int, _ length: Int) -> String {
    let part = total > 0 ? Double(done) / Double(total) : 1
    let full = Int((min(1, part) * Double(length)).rounded(.down))
    let rest = String(repeating: "-", count: length - full)
    return "[" + String(repeating: "#", count: full) + rest + "]"
  }

  /// The time that the rest takes when it goes on as it went; nil before anything is known.
  private var timeLeft: String? {
    guard doneMeanwhile > 0, total >= done, seconds > 0 else { return nil }
    let rest = seconds / Double(doneMeanwhile) * Double(total - done)
    guard rest < 1e9 else { return nil }
    let whole = Int(rest.rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}
