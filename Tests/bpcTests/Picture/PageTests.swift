import Foundation
import Testing

@testable import bpc

/// The page of `bpc graph` in a real browser: what it shows is what the tool computes.
@Suite(.serialized)
struct PageTests {
  /// A program with what it is bound to.
  private struct Sample {
    let name: String
    let text: String
    var bindings: [String] = []
  }

  private static let expression = Sample(
    name: "expression", text: "e = a*b\nd = e + c\nL = d*f",
    bindings: ["a=2", "b=-3", "c=10", "f=-2"])

  private static let samples = [
    expression,
    Sample(
      name: "neuron", text: "o = tanh(x1*w1 + x2*w2 + b)",
      bindings: ["x1=2", "x2=0", "w1=-3", "w2=1", "b=6.8813735870195432"]),
    Sample(
      name: "functions",
      text: """
        y = tanh(x) + sinh(x) + cosh(x) + asinh(x) + acosh(1+x*x) + atanh(x/2) + lgamma(x+1)
        y = y + digamma(x+2) + sinc(x) + cbrt(x) + hypot(x, 2) + x^7 + gelu(x) + erf(x) + erfc(x)
        y = y + log1p(x) + expm1(x) + atan2(x, 2) + mod(x, 0.3) + floor(x) + softplus(x)
        y = y + exp2(x) + log10(x+1) + tan(x) + asin(x/3) + sigmoid(x) + pow(x, 1.5) + abs(x)
        y = y + where(x > 0.5, x, 2*x) + clamp(x, 0, 1) + max(x, 0.2, 0.3) + round(3*x) + elu(x)
        z = y + logsigmoid(x) + silu(x) + relu(x) + leaky_relu(x) + log(x) + sqrt(x) + acos(x/2)
        """, bindings: ["x=0.7"]),
    Sample(
      name: "arrays",
      text: """
        param v = [0.1, 0.9, -0.4, 1.3]
        param W = [[0.5, -1, 0.2, 0.3], [0.25, 2, -0.7, 0.1]]
        h = softmax(W @ v) * 2 + W.T[1..<3, 0]
        s = sum(cumsum(v)) + norm(v) + max(v) + min(v) + prod(v) + logsumexp(v) + v[argmax(v)] + mean(v)
        w = concat(v, h)
        w[1] = 3*v[0]
        z = s + sum(w*w) + h @ h + std(v) + sum(v[1..<3]*v[0..<2])
        """),
    Sample(
      name: "turns",
      text: "y = x\nfor i in 0..<4 {\n  y = if i > 1 { sin(y) } else { y*y + x }\n}\ny",
      bindings: ["x=0.3"]),
  ]

  /// Writes the page of a program, and returns where it is.
  private func page(_ sample: Sample, in folder: URL, bindings: [String]? = nil) throws -> URL {
    let program = folder.appending(path: "\(sample.name).bp")
    try Data(sample.text.utf8).write(to: program)
    let page = folder.appending(path: "\(sample.name).html")
    let outcome = try Tool.run(
      ["graph", program.path] + (bindings ?? sample.bindings) + ["-o", page.path])
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    return page
  }

  /// Returns the numbers of the boxes of the page, with all digits, as their titles have them.
  private func numbers(_ browser: Browser) throws -> [[String]] {
    let query = "document.querySelectorAll('g.node title')"
    let texts = try browser.value("[...\(query)].map(t => t.textContent).join('\\n')")
    return texts.split(separator: "\n").filter { !$0.contains("=") }.map { line in
      line.split { !"0123456789.e-+nainf…".contains($0) }.map(String.init)
    }
  }

  /// Returns the numbers in which two pages differ.
  private func differences(_ a: [[String]], _ b: [[String]]) -> [String] {
    guard a.count == b.count else { return ["\(a.count) lines and \(b.count)"] }
    return zip(a, b).flatMap { a, b in
      // What was cut off has no end to compare.
      if a.joined().contains("…") || b.joined().contains("…") { return [String]() }
      if a.count != b.count { return ["\(a) and \(b)"] }
      return zip(a, b).filter { !agree($0, $1) }.map { "\($0) and \($1)" }
    }
  }

  private func agree(_ a: String, _ b: String) -> Bool {
    guard let x = Double(a), let y = Double(b) else { return a == b }
    return x == y || (x.isNaN && y.isNaN) || abs(x - y) <= 1e-12 * max(abs(x), abs(y), 1e-2)
  }

  /// Compares the page as it is with one that the tool makes for the numbers of its inputs.
  private func expectToolsNumbers(_ browser: Browser, _ sample: Sample, _ folder: URL) throws {
    let live = try numbers(browser)
    let bindings = try browser.value(
      "program.inputs.map(i => i.name + '=' + text(v[i.at], i.shape).replaceAll(' ', '')).join(' ')"
    )
    let fresh = try page(
      sample, in: folder, bindings: bindings.split(separator: " ").map(String.init))
    try browser.open(fresh, hasScripts: false)
    let still = try numbers(browser)
    #expect(differences(live, still) == [], "\(sample.name) for \(bindings)")
  }

  @Test(.enabled(if: Browser.path != nil, "there is no Chromium: the page is not tested"))
  func pagesMoveAndTellTheTruth() throws {
    let browser = try Browser(try #require(Browser.path))
    defer { browser.close() }
    try inScratchFolder { folder in
      for sample in PageTests.samples {
        let file = try page(sample, in: folder)
        try browser.open(file, hasScripts: false)
        let still = try numbers(browser)
        try browser.open(file)
        #expect(differences(try numbers(browser), still) == [], "\(sample.name)")
        try browser.drag(sample.text.contains("param v") ? "#n3" : "#n0", by: 16)
        try browser.press("ArrowUp", in: "#n0")
        _ = try browser.value("handles.forEach((h, k) => move(h, get(h) + 0.03125 * (k + 1)))")
        try expectToolsNumbers(browser, sample, folder)
      }
      try expression(browser, folder)
    }
    #expect(browser.complaints.isEmpty, "\(browser.complaints)")
  }

  /// What a reader does with the page of an expression.
  private func expression(_ browser: Browser, _ folder: URL) throws {
    func text(_ selector: String) throws -> String {
      try browser.value("document.querySelector('\(selector)').textContent")
    }
    let sample = PageTests.expression
    try browser.open(try page(sample, in: folder))
    try browser.drag("#n0", by: 40)
    let moved = try browser.value("v[0]")
    #expect(moved == "2.4")
    try browser.click("#n4")
    #expect(try text("#rule").contains("∂d/∂e = 1\n  dL/de = dL/dd*∂d/∂e = -2 * 1 = -2"))
    try browser.press("Enter", in: "#n0")
    #expect(try text("#rule").hasPrefix("a = 2.4\n∂e/∂a = b = -3\n"))
    try browser.press("ArrowRight", in: "#n0")
    #expect(try browser.value("v[0]") == "2.41")
    try browser.click("#back")
    #expect(try text("#n6 .grad") == "grad 1" && text("#n5 .grad") == "grad ?")
    for _ in 0..<3 { try browser.click("#back") }
    #expect(try text("#n5 .grad") == "grad -2" && text("#n4 .grad") == "grad -2")
    #expect(try text("#n0 .grad") != "grad ?" && text("#n1 .grad") == "grad ?")
    for _ in 0..<4 { try browser.click("#back") }
    #expect(try text("#n1 .grad") != "grad ?")
    try browser.click("#reset")
    #expect(try text("#n6 .data") == "data -8" && text("#predicted") == "0.06")
    let actual = try #require(Double(try text("#actual")))
    #expect(abs(actual - 0.06) < 1e-12)
    try browser.click("#descend")
    try browser.click("#descend")
    #expect(try text("#steps").hasPrefix("2 steps, L = "))
    #expect(try #require(Double(try browser.value("v[program.objective]"))) < -8)
    #expect(try browser.value("$('line').getAttribute('d').split(/[ML]/).length") == "4")
    try expectToolsNumbers(browser, sample, folder)
    try browser.open(try page(PageTests.samples[4], in: folder))
    #expect(try browser.value("$('branches').hidden") == "true")
    try browser.press("ArrowUp", in: "#n0")
    #expect(try browser.value("$('branches').hidden") == "false")
    try browser.open(try page(sample, in: folder), fragment: "#a=4&b=-3&nonsense&c=x&f=1")
    #expect(try text("#n6 .data") == "data -2")
  }

  /// Small things that a reader stumbles over.
  @Test(.enabled(if: Browser.path != nil, "there is no Chromium: the page is not tested"))
  func pagesAnswerReaders() throws {
    let browser = try Browser(try #require(Browser.path))
    defer { browser.close() }
    func text(_ id: String) throws -> String { try browser.value("$('\(id)').textContent") }
    try inScratchFolder { folder in
      let sum = Sample(name: "sum", text: "input k\ny = x*x + x\ny", bindings: ["x=3", "k=1"])
      try browser.open(try page(sum, in: folder))
      try browser.click("#n0")
      #expect(try text("rule").contains("= the sum so far + dy/d(x*x)*∂(x*x)/∂x = 4 + 1 * 3 = 7"))
      _ = try browser.value("$('nudged').value = handles.findIndex(h => h.name === 'k'), nudge()")
      #expect(try text("predicted") == "0, since y does not depend on it")
      _ = try browser.value("state.curve = [4, -Infinity, 3, 2, NaN], draw()")
      #expect(
        try browser.value("$('line').getAttribute('d')") == "M80.0 10.0h0.1M197.0 50.0L255.5 90.0")
      _ = try browser.value("put(handles.find(h => h.name === 'x'), 1/3), update()")
      #expect(try text("n0").contains("data 0.333333grad"))
      #expect(
        try browser.value("$('n0').querySelector('title').textContent").contains(
          "0.3333333333333333"))
      let long = Sample(
        name: "long",
        text: (0..<30).reduce("y = x\n") { text, _ in text + "y = sin(y)\n" }
          + "y", bindings: ["x=1"])
      try browser.open(try page(long, in: folder))
      #expect(try browser.value("document.documentElement.scrollWidth <= innerWidth") == "true")
      #expect(try browser.value("($('back').click(), scrollX + scrollY)") == "0")
      #expect(try browser.value("document.querySelector('figure').scrollLeft > 100") == "true")
      #expect(try browser.value("$('drag').hidden") == "false")
      let arrays = Sample(name: "a", text: "param v = [1, 2]\nsum(v*v)")
      try browser.open(try page(arrays, in: folder))
      #expect(try browser.value("$('drag').hidden") == "true")
      try browser.open(try page(Sample(name: "leaf", text: "a", bindings: ["a=3"]), in: folder))
      #expect(try browser.value("$('n0').querySelector('.grad').textContent") == "grad 1")
    }
    #expect(browser.complaints.isEmpty, "\(browser.complaints)")
  }

  /// The ways of edges never lead back, which would turn their arrows.
  @Test func arrowsPointForward() throws {
    for sample in PageTests.samples {
      for format in ["svg", "html"] {
        let outcome = try Tool.run(
          ["graph", "-", "--format", format] + sample.bindings, input: Array(sample.text.utf8))
        let paths = outcome.output.matches(of: /class="edge" id="e\d+" d="([^"]*)"/)
        #expect(!paths.isEmpty)
        for path in paths {
          let numbers = path.1.matches(of: /([MHC])([-0-9. ]+)/).flatMap { part in
            part.2.split(separator: " ").enumerated().filter { $0.offset % 2 == 0 }.map {
              Double($0.element) ?? .nan
            }
          }
          #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 <= $1 }, "\(path.1)")
        }
      }
    }
  }

  /// Numbers in boxes are those of C's `%.6g`.
  @Test func numbersAreRounded() {
    let numbers = [
      0.1 + 0.2, -1.0 / 3, 999999.5, 9999995e-7, 123_456_789, -1e-300 / 7, 1e300 / 3, 12, 0,
      99.99999,
    ]
    for number in numbers {
      #expect(number.rounded(to: 6) == Double(String(format: "%.6g", number)), "\(number)")
    }
    #expect((2.0 / 3).rounded(to: 1) == 0.7 && (2.0 / 3).rounded(to: 99) == 2.0 / 3)
    #expect(Double.infinity.rounded(to: 2) == .infinity && Double.nan.rounded(to: 2).isNaN)
  }

  /// What is not a script is well formed, and nothing outside is asked for.
  @Test func pagesAreWellFormed() throws {
    try inScratchFolder { folder in
      for sample in PageTests.samples {
        let html = try String(contentsOf: page(sample, in: folder), encoding: .utf8)
        #expect(html.ranges(of: "<script>").count == 1 && html.ranges(of: "</script>").count == 1)
        let parts = html.replacing(/(?s)<script>.*<\/script>/, with: "")
          .replacing("<!DOCTYPE html>", with: "")
        #expect(XMLShape.mistake(parts) == nil)
        #expect(!parts.contains("http://") && !parts.contains("https://"))
        #expect(!parts.contains(" style=") && !parts.contains(" on"))
        let svg = try Tool.run(
          ["graph", folder.appending(path: "\(sample.name).bp").path, "--format", "svg"]
            + sample.bindings)
        #expect(XMLShape.mistake(svg.output) == nil)
      }
    }
  }

  @Test func namesCannotBreakOut() throws {
    let text = "`</script><b>` = 2*x\n`</script><b>`"
    let outcome = try Tool.run(["graph", "-", "x=1", "--format", "html"], input: Array(text.utf8))
    #expect(outcome.output.ranges(of: "</script>").count <= 1)
  }

  @Test func largeGraphsAreCollapsed() throws {
    let loop = "y = x\nfor i in 0..<300 {\n  y = sin(y) + x\n}\ny"
    let outcome = try Tool.run(["graph", "-", "x=1", "--format", "svg"], input: Array(loop.utf8))
    #expect(outcome.errors.contains("the graph has 601 nodes"))
    #expect(outcome.output.ranges(of: "<g class").count == 2)
    #expect(XMLShape.mistake(outcome.output) == nil)
    let all = try Tool.run(
      ["graph", "-", "x=1", "--format", "svg", "--collapse", "never"], input: Array(loop.utf8))
    #expect(all.errors.isEmpty && all.output.ranges(of: "<g class").count == 601)
    let mermaid = try Tool.run(
      ["graph", "-", "x=1", "--format", "mermaid", "--collapse", "never"], input: Array(loop.utf8))
    #expect(mermaid.errors.contains("Mermaid draws at most 500 edges"))
  }
}
