#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The place on the terminal where progress is shown, at most ten times a second.
struct ProgressDisplay {
  private let isShown: Bool
  private let start = ContinuousClock.now
  private var next: ContinuousClock.Instant
  private var isDirty = false

  /// Shows progress where standard error is a terminal that can go back in a line, unless `isQuiet`.
  init(isQuiet: Bool) {
    let isDumb = environmentVariable("TERM") == "dumb"
    isShown = !isQuiet && !isDumb && isTerminal(STDERR_FILENO)
    // What is done at once needs no bar.
    next = start + .milliseconds(300)
  }

  /// How many seconds there was something to show.
  var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

  /// Shows what `line` returns for the seconds that passed, if it is time.
  mutating func show(_ line: (Double) -> ProgressLine) {
    guard isShown, ContinuousClock.now >= next else { return }
    next = ContinuousClock.now + .milliseconds(100)
    let text = line(seconds).text(width: terminalWidth(of: STDERR_FILENO))
    writeToStandardError("\r\(text)\u{1B}[K")
    isDirty = true
  }

  /// Takes the line away, so that what comes next finds the terminal as it was.
  mutating func clear() {
    if isDirty { writeToStandardError("\r\u{1B}[K") }
    isDirty = false
  }
}
