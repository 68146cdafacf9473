import Testing

@testable import bpc

/// How whole numbers are spelled in arguments.
struct WholeNumberTests {
  /// Digits, groups of them, and exponents.
  @Test(arguments: [
    ("1", 1), ("007", 7), ("10_000", 10_000), ("1e4", 10_000), ("1E+4", 10_000), ("2.5e3", 2500),
    ("3.0", 3), ("9223372036854775807", Int.max), ("1e17", 100_000_000_000_000_000),
  ])
  func spellings(_ text: String, _ number: Int) { #expect(wholeNumber(text) == number) }

  /// What is not whole, not above 0, too large, or no number.
  @Test(arguments: [
    "", "0", "-1", "+1", "1.5", "1e-1", "10,000", "_1", "1_", "1__0", "1e_4", "e4", "1e", "1e99",
    "9223372036854775808", "inf", "nan", "0x10", " 1", "١",
  ])
  func others(_ text: String) { #expect(wholeNumber(text) == nil) }

  /// Zero counts where it is allowed.
  @Test func zero() {
    #expect(wholeNumber("0", from: 0) == 0)
    #expect(wholeNumber("0e9", from: 0) == 0)
  }

  /// What starts like a number is the value of an option, and no option.
  @Test func numbersAfterDashes() {
    guard case .run(.plot(let plot)) = parse("plot a --range -2..2") else {
      Issue.record("the range is not understood")
      return
    }
    #expect(plot.range == "-2..2")
  }
}
