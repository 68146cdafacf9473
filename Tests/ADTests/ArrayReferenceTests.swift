import BPAD
import BPIR
import BPInterp
import Foundation
import TestSupport
import Testing

/// Values and derivatives of functions of arrays against `Tests/Reference/array-functions.tsv`.
struct ArrayReferenceTests {
  /// A line of the table.
  struct Row {
    let text: String
    let program: String
    let inputs: [(name: String, isInteger: Bool, value: Tensor)]
    let value: Tensor
    let slope: Tensor?

    init?(_ line: Substring) {
      text = String(line)
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count >= 3, let value = Row.tensor(fields[2]) else { return nil }
      program = String(fields[0])
      self.value = value
      slope = fields.count > 3 ? Row.tensor(fields[3]) : nil
      inputs = fields[1].split(separator: ";").compactMap { input in
        let sides = input.split(separator: "=")
        let isInteger = sides[1].hasPrefix("int")
        guard let value = Row.tensor(sides[1].dropFirst(isInteger ? 3 : 0)) else { return nil }
        return (String(sides[0]), isInteger, value)
      }
    }

    /// Reads a shape and the elements: `[2,1]:0.5,3.0`.
    private static func tensor(_ text: Substring) -> Tensor? {
      let sides = text.split(separator: ":", omittingEmptySubsequences: false)
      guard sides.count == 2 else { return nil }
      let shape = sides[0].dropFirst().dropLast().split(separator: ",").compactMap { Int($0) }
      let values = sides[1].split(separator: ",").compactMap { Double($0) }
      return Tensor.count(of: shape) == values.count ? Tensor(shape: shape, values: values) : nil
    }

    /// The program with its inputs declared, of known sizes or of sizes that data gives.
    func source(ofKnownSizes isKnown: Bool) -> String {
      let declarations = inputs.map { name, isInteger, value in
        let sizes = value.shape.indices.map { axis in
          // A symbol for each size, so that those that have to agree do.
          isKnown || value.shape[axis] < 2 ? "\(value.shape[axis])" : "n\(value.shape[axis])"
        }
        let shape = sizes.isEmpty ? "" : " [\(sizes.joined(separator: ", "))]"
        return "input \(name):\(isInteger ? " int" : "")\(shape)"
      }
      let clean = declarations.map { $0.hasSuffix(":") ? String($0.dropLast()) : $0 }
      return clean.joined(separator: "\n") + "\n\(program)\n"
    }

    /// Whether a size has to be known for more than one symbol, which nothing tells.
    var needsKnownSizes: Bool {
      let shape = inputs[0].value.shape
      return program.hasPrefix("reshape(x, ") && shape.count { $0 > 1 } > 1
        && !program.hasSuffix("-1)") && !program.hasSuffix("[-1])")
        || program == "diag(x)" && shape.count == 2 && shape[0] > shape[1]
    }

    /// What data gives the symbols.
    var sizes: [String: Int] {
      let all = inputs.flatMap { $0.value.shape }.map { ("n\($0)", $0) }
      return Dictionary(all) { first, _ in first }
    }
  }

  private func rows() throws -> [Row] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = folder.appending(path: "Reference/array-functions.tsv")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.compactMap { Row($0) }
  }

  @Test func rowsMatchReference() throws {
    let rows = try rows()
    #expect(rows.count > 400)
    for row in rows {
      if let mistake = mistake(row, ofKnownSizes: true) { Issue.record("\(mistake)\n\(row.text)") }
    }
  }

  @Test func sizesOfDataGiveTheSame() throws {
    for row in try rows() where !row.sizes.isEmpty && !row.needsKnownSizes {
      if let mistake = mistake(row, ofKnownSizes: false) { Issue.record("\(mistake)\n\(row.text)") }
    }
  }

  /// Every function has a line.
  @Test func noFunctionIsLeftOut() throws {
    let text = try rows().map(\.program).joined(separator: "\n")
    for function in ArrayFunctions.all where !["uniform", "normal"].contains(function.name) {
      #expect(text.contains("\(function.name)("), "\(function.name) has no line")
    }
  }

  private func mistake(_ row: Row, ofKnownSizes isKnown: Bool) -> String? {
    let compiled = TestProgram(row.source(ofKnownSizes: isKnown))
    guard let module = compiled.module, let general = compiled.main else {
      return "it does not compile: \(compiled.diagnostics.map(\.message))"
    }
    let main = isKnown ? general : general.specialized(to: row.sizes)
    if let problem = (general.problems() + main.problems()).first { return problem }
    let arguments = module.leaves.compactMap { leaf in
      row.inputs.first { $0.name == leaf.name }?.value
    }
    let found = main.run(arguments)?[0]
    if !areClose(found, row.value) { return "the value is \(String(describing: found))" }
    guard let slope = row.slope, let x = module.leaves.firstIndex(where: { $0.name == "x" }) else {
      return nil
    }
    let product = vectorJacobianProduct(of: main, withRespectTo: [main.parameters[x]]).function
    let ones = Tensor(shape: row.value.shape, values: row.value.values.map { _ in 1 })
    let derivative = product.run(arguments + [ones])?[1]
    return areClose(derivative, slope) ? nil : "the derivative is \(String(describing: derivative))"
  }

  private func areClose(_ a: Tensor?, _ b: Tensor) -> Bool {
    guard let a, a.shape == b.shape else { return false }
    let largest = b.values.map(\.magnitude).filter(\.isFinite).max() ?? 0
    let scale = Swift.min(1, largest)
    return zip(a.values, b.values).allSatisfy { x, y in
      x == y || (x.isNaN && y.isNaN) || abs(x - y) <= 2e-14 * Swift.max(scale, y.magnitude)
    }
  }
}
