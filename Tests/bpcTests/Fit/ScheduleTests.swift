import Testing

@testable import bpc

/// The rates of the epochs, against values that PyTorch's formulas give by hand.
struct ScheduleTests {
  private func schedule(_ form: Schedule.Form, warmUp: Int = 0) -> Schedule {
    Schedule(
      form: form, rate: 0.1, factor: 0.5, stair: 3, end: 0.01, warmUp: warmUp, epochs: 10 + warmUp)
  }

  private func expect(_ schedule: Schedule, _ rates: [Int: Double]) {
    for (epoch, rate) in rates.sorted(by: { $0.key < $1.key }) {
      #expect(abs(schedule.rate(epoch) - rate) < 1e-16, "epoch \(epoch)")
    }
  }

  @Test func forms() {
    expect(schedule(.constant), [0: 0.1, 9: 0.1])
    expect(schedule(.step), [0: 0.1, 2: 0.1, 3: 0.05, 5: 0.05, 6: 0.025, 9: 0.0125])
    expect(schedule(.exponential), [0: 0.1, 1: 0.05, 4: 0.00625])
    expect(schedule(.inverse), [0: 0.1, 2: 0.05, 18: 0.01])
    expect(schedule(.cosine), [0: 0.1, 3: 0.08145033635316129, 5: 0.055, 10: 0.01, 12: 0.01])
  }

  /// The rate grows in equal parts; after that the schedule begins.
  @Test(arguments: Schedule.Form.allCases)
  func warmUp(_ form: Schedule.Form) {
    let warm = schedule(form, warmUp: 4)
    expect(warm, [0: 0.025, 1: 0.05, 3: 0.1])
    for epoch in 0..<10 { #expect(warm.rate(4 + epoch) == schedule(form).rate(epoch)) }
  }

  /// Extreme settings give no trap.
  @Test(arguments: Schedule.Form.allCases)
  func extremes(_ form: Schedule.Form) {
    for count in [0, 1, Int.largestExactWhole] {
      let schedule = Schedule(
        form: form, rate: .greatestFiniteMagnitude, factor: 1e308, stair: count, end: 0,
        warmUp: count, epochs: count)
      for epoch in [0, 1, Int.largestExactWhole] { _ = schedule.rate(epoch) }
    }
  }
}
