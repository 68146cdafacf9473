import Testing

@testable import bpc

/// The line that shows progress.
struct ProgressLineTests {
  private func line(_ done: Int, _ total: Int, seconds: Double, _ meanwhile: Int? = nil) -> String {
    ProgressLine(
      done: done, total: total, facts: ["loss 0.5"], seconds: seconds,
      doneMeanwhile: meanwhile ?? done
    ).text(width: 100)
  }

  @Test func texts() {
    #expect(line(0, 10, seconds: 1) == "[--------------------] 0/10  loss 0.5")
    #expect(line(5, 10, seconds: 4) == "[##########----------] 5/10  loss 0.5  4 s left")
    #expect(line(10, 1000, seconds: 1).hasSuffix("  1 min 39 s left"))
    #expect(line(1, 10000, seconds: 1).hasSuffix("  2 h 46 min left"))
    #expect(line(90, 100, seconds: 1, 10).hasSuffix("  1 s left"))
    #expect(line(3, 0, seconds: 1) == "[####################] 3/0  loss 0.5")
    #expect(line(1, .max, seconds: 1e300) == "[--------------------] 1/\(Int.max)  loss 0.5")
  }

  /// A narrow terminal gets what fits, so that nothing wraps.
  @Test func narrow() {
    let line = ProgressLine(
      done: 5, total: 10, facts: ["loss 0.5"], seconds: 4, doneMeanwhile: 5)
    #expect(line.text(width: 20).count == 19)
    #expect(line.text(width: 0) == "")
  }
}
