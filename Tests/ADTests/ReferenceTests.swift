import BPAD
import BPIR
import Foundation
import TestSupport
import Testing

/// Every row against digits of an independent source: value and derivatives up to the third order, at
/// ordinary points and at the edges (Tests/Reference/scalar-functions.tsv).
struct ReferenceTests {
  /// One line of the table.
  struct Entry {
    let line: Int
    let name: String
    let arguments: [Double]
    /// The order of the derivative in each argument.
    let orders: [Int]
    let value: Double
  }

  static let entries: [Entry] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Reference/scalar-functions.tsv").standardized
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .compactMap { index, line in entry(line, index + 1) }
  }()

  private static func entry(_ line: Substring, _ number: Int) -> Entry? {
    guard !line.hasPrefix("#") else { return nil }
    let fields = line.split(separator: "\t")
    guard fields.count == 4, let value = Double(fields[3]) else { return nil }
    return Entry(
      line: number, name: String(fields[0]),
      arguments: fields[1].split(separator: ",").compactMap { Double($0) },
      orders: fields[2].split(separator: ",").compactMap { Int($0) }, value: value)
  }

  private static let operators: [String: Op] = [
    "+": .add, "-": .subtract, "*": .multiply, "/": .divide, "neg": .negate,
    "ipow": .integerPower,
  ]

  /// The derivatives that were made, by operation, number of arguments and orders.
  private struct Derivatives {
    var known: [String: Function] = [:]

    /// Returns the derivative of `op` of `orders`, as a function of the operands.
    mutating func function(_ op: Op, _ orders: [Int]) -> Function {
      let key = "\(op) \(orders)"
      if let function = known[key] { return function }
      let function = make(op, orders)
      known[key] = function
      return function
    }

    private mutating func make(_ op: Op, _ orders: [Int]) -> Function {
      guard let variable = orders.lastIndex(where: { $0 > 0 }) else {
        return value(op, orders.count)
      }
      var lower = orders
      lower[variable] -= 1
      let base = function(op, lower)
      guard base.type(of: base.parameters[variable]) == .real else { return base }
      var derivative = gradient(of: base, withRespectTo: [base.parameters[variable]]).function
      derivative.results = [derivative.results[1]]
      return derivative.simplified()
    }

    private func value(_ op: Op, _ count: Int) -> Function {
      var builder = Builder(name: op.description)
      var operands: [Value] = []
      for position in 0..<count {
        operands.append(builder.function.addParameter("x\(position)", op.operandType(position)))
      }
      for parameter in op.info.parameters.dropFirst(count) {
        operands.append(builder.constant(parameter.defaultValue ?? .nan))
      }
      let result = builder.append(op, operands)
      builder.close(yielding: [result])
      return builder.function
    }
  }

  @Test func tableIsThere() {
    #expect(ReferenceTests.entries.count > 3000)
    let names = Set(ReferenceTests.entries.map(\.name))
    for name in OpTable.functions.keys where name != "where" && name != "stop" {
      #expect(names.contains(name), "no reference for \(name)")
    }
  }

  @Test func rowsMatchReference() {
    var derivatives = Derivatives()
    var worst: [String: (error: Double, line: Int)] = [:]
    var failures: [String] = []
    for entry in ReferenceTests.entries {
      guard let op = ReferenceTests.operators[entry.name] ?? OpTable.functions[entry.name] else {
        failures.append("line \(entry.line): no operation \(entry.name)")
        continue
      }
      let function = derivatives.function(op, entry.orders)
      let result = function.run(entry.arguments)[0]
      let error = relativeError(result, entry.value)
      let order = entry.orders.reduce(0, +)
      if error > (worst["\(entry.name) \(order)"]?.error ?? -1) {
        worst["\(entry.name) \(order)"] = (error, entry.line)
      }
      if overflowsInside(entry) { continue }
      if !(error <= limit(entry.name, order)) {
        failures.append(
          "line \(entry.line): \(entry.name)\(entry.arguments) \(entry.orders): "
            + "\(result), expected \(entry.value), error \(error)")
      }
    }
    #expect(failures.isEmpty, "\(failures.count) failures\n\(failures.joined(separator: "\n"))")
  }

  /// The relative error that is allowed: 2 ulp for a value, more where the operation is a formula of
  /// ill-conditioned ones.
  private func limit(_ name: String, _ order: Int) -> Double {
    if order > 0 { return 2e-12 }
    return name == "gelu" ? 2e-13 : 4 * 0x1p-53
  }

  /// Whether second and higher derivatives are infinite because of the size of the point, which a sum
  /// of products of different signs does not find.
  private func overflowsInside(_ entry: Entry) -> Bool {
    (entry.name == "hypot" || entry.name == "atan2") && entry.orders.reduce(0, +) == 3
      && entry.value.isInfinite && entry.arguments.allSatisfy { 0 < $0 && $0 < 1e-100 }
  }

  /// Returns |a - b| / |b|; 0 where both are the same infinity, NaN, or below the normal range.
  private func relativeError(_ a: Double, _ b: Double) -> Double {
    if a == b || (a.isNaN && b.isNaN) { return 0 }
    if max(a.magnitude, b.magnitude) < 1e-300 { return 0 }
    return abs(a - b) / max(b.magnitude, .leastNormalMagnitude)
  }
}
