import BPAD
import BPIR
import BPLexer
import Foundation
import TestSupport
import Testing

/// Reading what is printed, and printing it again, changes nothing.
struct TextRoundTripTests {
  @Test func randomPrograms() {
    for seed in 1...300 as ClosedRange<UInt64> {
      let program = RandomProgram(seed: seed, size: 3 + Int(seed % 25))
      let compiled = TestProgram(program.text)
      guard let module = compiled.module, let main = compiled.main else {
        Issue.record("seed \(seed) does not compile")
        return
      }
      let mistakes =
        mistakes(module, at: program.point) + mistakes(derived(main), at: program.point)
      if let mistake = mistakes.first {
        Issue.record("seed \(seed): \(mistake)\n\(program.text)")
        return
      }
    }
  }

  /// Returns what the compiler makes of `main`.
  private func derived(_ main: Function) -> [Function] {
    let gradient = gradient(of: main, withRespectTo: main.parameters).function
    let hessian = hessian(of: main, withRespectTo: main.parameters).function
    let unshared = main.rewritten(simplifying: false, sharing: false) { _, _ in nil }
    return [main, main.finished(), main.finishedPlainly(), unshared]
      + [gradient, gradient.withoutDeadCode(), gradient.finished()] + [hessian, hessian.finished()]
  }

  private func mistakes(_ functions: [Function], at point: [Double]) -> [String] {
    functions.flatMap { function -> [String] in
      let text = function.text()
      let (read, diagnostics) = readModule(Source(name: "test.ir", text: text))
      guard diagnostics.isEmpty, let again = read.first else { return ["\(diagnostics)\n\(text)"] }
      var mistakes = again.problems()
      if again.text() != text { mistakes.append("\(text)became\n\(again.text())") }
      let (a, b) = (function.run(point), again.run(point))
      if !areEqual(a, b) { mistakes.append("\(a) became \(b)\n\(text)") }
      return mistakes
    }
  }

  private func mistakes(_ module: Module, at point: [Double]) -> [String] {
    let (functions, diagnostics) = readModule(Source(name: "test.ir", text: module.text))
    guard diagnostics.isEmpty, functions.count == module.functions.count else {
      return ["\(diagnostics)\n\(module.text)"]
    }
    var again = module
    again.functions = functions
    var mistakes = again.problems
    if again.text != module.text { mistakes.append("\(module.text)became\n\(again.text)") }
    let (a, b) = (module.inlined().run(point), again.inlined().run(point))
    if !areEqual(a, b) { mistakes.append("\(a) became \(b)\n\(module.text)") }
    return mistakes
  }

  /// Whether the numbers have the same bits.
  private func areEqual(_ a: [Double], _ b: [Double]) -> Bool {
    a.map(\.bitPattern) == b.map(\.bitPattern)
  }

  @Test(arguments: [
    "f = 1.5",
    "t = (a, a*b)\nf, g = t\nf*g",
    "input k: int\nparam x\nn = k*2 - 1\nf = x^k + x^-3 + n % 4 + 1.0*k",
    "param x\ng(p, q) = { if p < q { return (p, q) }; (q, p) }\na, b = g(x, 2)\nf = a - 3*b",
    "param x\nh(a) = a*a\ng(a) = h(a) + h(2*a)\nf = g(x) + h(1)",
    "param x\nif x < 1 { y = x; z = 2 } else if x == 3 { y = 1; z = x } else { y = 4; z = 0.5 }\n"
      + "f = y*z",
    "param x\nf = where(x < inf and true, 1e300, -1e-300) + x*nan - inf",
    "param größe\nf = größe^2\n",
    "param x\nc() = x*2\nf = c() + c()",
    "param x\nif x > 0 { y = sin(x) } else { y = x }\nf = min(y, x, 2.0, max(x, 3))",
  ])
  func constructs(_ text: String) throws {
    let compiled = TestProgram(text)
    let module = try #require(compiled.module, "\(compiled.diagnostics)")
    let point = [0.75, 2, -1]
    #expect(mistakes(module, at: point) == [])
    let main = try #require(compiled.main)
    #expect(mistakes([main, main.finished()], at: point) == [])
    guard !main.parameters.isEmpty, main.parameters.allSatisfy({ main.type(of: $0) == .real })
    else { return }
    #expect(mistakes(derived(main), at: point) == [])
  }

  @Test func goldens() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let files = FileManager.default.enumerator(
      at: folder.appending(path: "Golden"), includingPropertiesForKeys: nil)
    var count = 0
    for case let file as URL in try #require(files)
    where ["ir", "optimized", "gradient"].contains(where: { file.path.hasSuffix(".\($0).expected") }
    ) {
      let text = try String(contentsOf: file, encoding: .utf8)
      guard text.hasPrefix("function") else { continue }
      let (functions, diagnostics) = readModule(Source(name: file.lastPathComponent, text: text))
      #expect(diagnostics == [], "\(file.lastPathComponent)")
      let names = functions.map(\.name)
      #expect(functions.map { $0.text(calling: names) }.joined(separator: "\n") == text)
      count += 1
    }
    #expect(count > 10)
  }

  @Test func longText() throws {
    // Linear in the length: a quadratic reader would not end.
    let count = 100_000
    var builder = Builder(name: "f", simplifies: false, shares: false)
    var value = builder.function.addParameter("x", .real)
    for index in 0..<count { value = builder.append(.add, value, builder.constant(Double(index))) }
    builder.close(yielding: [value])
    let text = builder.function.text()
    let (functions, diagnostics) = readModule(Source(name: "test.ir", text: text))
    #expect(diagnostics == [])
    #expect(try #require(functions.first).text() == text)
  }

  // MARK: - Spellings

  @Test(
    arguments: [
      (3, .real, "3.0"), (3, .integer, "3"), (-3, .integer, "-3"), (-0.0, .real, "-0.0"),
      (-0.0, .integer, "0"), (1e16, .real, "1e+16"), (1e-10, .real, "1e-10"),
      (0x1p53, .integer, "9007199254740992"), (-0x1p53, .integer, "-9007199254740992"),
      (.nan, .real, "nan"), (-.nan, .real, "nan"), (.signalingNaN, .real, "nan"),
      (.infinity, .real, "inf"), (-.infinity, .real, "-inf"), (1, .boolean, "true"),
      (0, .boolean, "false"), (.leastNonzeroMagnitude, .real, "5e-324"),
      (.greatestFiniteMagnitude, .real, "1.7976931348623157e+308"),
    ] as [(Double, ValueType, String)])
  func constant(_ number: Double, _ type: ValueType, _ spelling: String) throws {
    var builder = Builder(name: "f")
    builder.close(yielding: [builder.constant(number, type)])
    let text = builder.function.text()
    #expect(text == "function f() {\n  return \(spelling)\n}\n")
    let function = try #require(readModule(Source(name: "test.ir", text: text)).functions.first)
    let value = function.results[0]
    #expect(function.type(of: value) == type)
    let kept = builder.function.constant(builder.function.results[0])
    #expect(function.constant(value)?.bitPattern == kept?.bitPattern)
  }

  @Test(arguments: [
    ("t[0]", "t[0]"), ("größe", "größe"), ("3", "3"), ("", #""""#), ("a b", #""a b""#),
    ("a\"b\\", #""a\"b\\""#), ("a\r\nb", #""a\u{D}\u{A}b""#), ("%1", #""%1""#), ("x=", #""x=""#),
    ("\u{A0}", "\"\u{A0}\""), ("\u{85}", #""\u{85}""#), ("a.b", #""a.b""#),
  ])
  func name(_ name: String, _ spelling: String) throws {
    var builder = Builder(name: name)
    let value = builder.function.addParameter(name, .integer)
    builder.close(yielding: [value])
    builder.function.names = [NamedValue(value: value, name: name, span: .none)]
    let text = builder.function.text()
    #expect(
      text == """
        function \(spelling)(%0 \(spelling): int) {
          return %0
          name \(spelling) = %0
        }

        """)
    let (functions, diagnostics) = readModule(Source(name: "test.ir", text: text))
    #expect(diagnostics == [])
    let function = try #require(functions.first)
    let names = [function.name, function.parameterNames[0], function.names[0].name]
    #expect(names.allSatisfy { $0.unicodeScalars.elementsEqual(name.unicodeScalars) })
  }

  @Test func layoutMeansNothing() {
    let text = "\u{FEFF}\r\n function f (%7 x:real)  {\r\n\r\n%2=add %7,1.0\n\n\treturn %2 \n\n}"
    let (functions, diagnostics) = readModule(Source(name: "test.ir", text: text))
    #expect(diagnostics == [])
    #expect(
      functions.map { $0.text() } == [
        "function f(%0 x: real) {\n  %1 = add %0, 1.0\n  return %1\n}\n"
      ])
  }

  @Test func nothingIsSimplified() {
    let text = """
      function f(%0 x: real) {
        %1 = add 1.0, 2.0
        %2 = add 1.0, 2.0
        %3 = multiply %0, 1.0
        if true {
          %4 = sin %0
          yield
        } else {
          yield
        }
        return %1, %2
        name y = %4
      }

      """
    let (functions, diagnostics) = readModule(Source(name: "test.ir", text: text))
    #expect(diagnostics == [])
    #expect(functions.map { $0.text() } == [text])
    #expect(functions.flatMap { $0.problems() } == [])
  }
}
