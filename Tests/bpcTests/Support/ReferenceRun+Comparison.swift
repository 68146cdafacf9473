import Foundation
import Testing

extension ReferenceRun {
  /// Expects `bpc grad` to print what the reference has.
  func expectDerivatives() throws {
    let members = try printed("grad", hessian == nil ? [] : ["--hessian"])
    expect(members["value"], value.value, "the value")
    let slopes = try #require(members["gradient"] as? [String: Any])
    #expect(Set(slopes.keys).isSuperset(of: gradient.keys))
    for (name, elements) in gradient {
      for element in elements {
        expect(slopes[name], at: element.index, element.number, "in \(name)")
      }
    }
    for second in hessian ?? [] {
      let rows = members["hessian"] as? [String: [String: Any]]
      expect(
        rows?[second.names[0]]?[second.names[1]], at: second.indices.flatMap(\.self),
        second.number, "in \(second.names)")
    }
  }

  /// Expects `bpc eval` to end with the values that the reference has.
  func expectValues() throws {
    let members = try printed("eval", [])
    expect(members["value"], value.value, "the value")
    let found = try #require(members["values"] as? [String: Any])
    for (name, elements) in values ?? [:] {
      for element in elements {
        expect(found[name], at: element.index, element.number, name)
      }
    }
  }

  private func printed(_ command: String, _ options: [String]) throws -> [String: Any] {
    let source = file.map { ["examples/\($0).bp"] } ?? ["-e", program ?? ""]
    let outcome = try Tool.run([command] + source + ["--format", "json"] + options + arguments)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(object as? [String: Any])
  }

  private func expect(
    _ found: Any?, at index: [Int] = [], _ wanted: Double, _ place: String
  ) {
    let number = element(found, index[...])
    #expect(agrees(number ?? .signalingNaN, wanted), "\(place)\(index): \(wanted) is right")
    #expect(number != nil, "\(place)\(index) is missing")
  }

  /// Returns the number at `index` in nested lists, or nil where there is none.
  private func element(_ value: Any?, _ index: ArraySlice<Int>) -> Double? {
    guard let first = index.first else {
      return value as? Double ?? (value as? String).flatMap(Double.init)
    }
    guard let list = value as? [Any], list.indices.contains(first) else { return nil }
    return element(list[first], index.dropFirst())
  }

  private func agrees(_ a: Double, _ b: Double) -> Bool {
    if b.isNaN || b.isInfinite { return b.isNaN ? a.isNaN : a == b }
    return abs(a - b) <= (tolerance ?? 1e-12) * max(unit ?? 1, abs(b))
  }
}
