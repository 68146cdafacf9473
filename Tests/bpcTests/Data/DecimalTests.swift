import TestSupport
import Testing

@testable import bpc

/// Decimal numbers of files: the nearest Float64, always.
struct DecimalTests {
  private func number(_ text: String) -> Double? {
    let bytes = Array("[\(text)]".utf8)
    return dataNumber(bytes, 1..<bytes.count - 1)
  }

  /// Numbers near which simple ways go wrong.
  static let hard = [
    "0", "-0", "0.1", "9007199254740993", "9007199254740992.5", "9007199254740993.0000000000001",
    "1.7976931348623157e308", "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324",
    "2.2250738585072011e-308", "1e22", "1e23", "8.5e22", "123456789012345678e-27", "1e-400",
    "0.000000000000000000000000000000000000123", "18446744073709551615", "18446744073709551616",
    "9999999999999999999", "99999999999999999999", "1234567890123456789e-10",
    "0e999999999999999999",
    "00000000000000000000000000001.5", "100000000000000000000000000000000000000e-38",
    "1.00000000000000011102230246251565404236316680908203125",
    "1.00000000000000011102230246251565404236316680908203126", "5e-27", "9007199254740993e-27",
  ]

  @Test(arguments: hard)
  func hardNumbers(_ text: String) throws {
    #expect(number(text)?.bitPattern == Double(text)?.bitPattern)
  }

  /// Returns those of `texts` that are not read as the standard library reads them.
  private func misread(_ texts: [String]) -> [String] {
    texts.filter { number($0)?.bitPattern != Double($0)?.bitPattern }
  }

  @Test func numbersThatWereWrittenReadBack() {
    var generator = SeededGenerator(seed: 7)
    let texts = (0..<20_000).map { index in
      index % 2 == 0
        ? generator.anyNumber().description
        : Double.random(in: -1...1, using: &generator).description
    }
    #expect(misread(texts) == [])
  }

  @Test func randomDigitsAreRoundedToNearest() {
    var generator = SeededGenerator(seed: 8)
    let texts = (0..<20_000).map { _ in
      let digits = (0..<Int.random(in: 1...22, using: &generator)).map { _ in
        "\(Int.random(in: 0...9, using: &generator))"
      }
      let point = Int.random(in: 0...digits.count, using: &generator)
      return digits[..<point].joined() + "." + digits[point...].joined()
        + "e\(Int.random(in: -45...45, using: &generator))"
    }
    #expect(misread(texts) == [])
  }

  @Test func tiesGoToTheEvenNumber() {
    var generator = SeededGenerator(seed: 9)
    let texts = (0..<5000).flatMap { _ in
      let odd = UInt64.random(in: 1 << 53..<1 << 54, using: &generator) | 1
      return ["\(odd)", "\(odd).0", "\(odd)00e-2"]
    }
    #expect(misread(texts) == [])
  }
}
