import Testing

@testable import bpc

/// The forms that files have by their names.
struct FileFormsTests {
  private func form(_ path: String) throws -> GraphFormat? {
    try GraphFormat.forms.form(of: path, advice: "")
  }

  @Test func endings() throws {
    #expect(try form("a.svg") == .svg && form("b/a.b.HTML") == .html && form("a.mmd") == .mermaid)
    #expect(
      try form("a") == nil && form("a.d/b") == nil && form("a.bin") == nil && form(".svg") == nil)
    for path in ["a.png", "a.PDF", "b/c.tex", "a.md"] {
      #expect(throws: UsageError.self) { try form(path) }
    }
  }

  @Test(arguments: [
    ("graph a.bp -o a.png", "'a.png': this writes no '.png', but '.svg', '.html', '.dot'"),
    ("plot a.bp x=0..1 -o a.html", "'a.html': this writes no '.html', but '.svg' and '.txt'."),
    ("explain a.bp -o a.svg", "'a.svg': this writes no '.svg', but '.md', '.tex', '.txt'"),
    ("train a.bp --plot a.pdf", "'a.pdf': this writes no '.pdf', but '.svg'."),
  ])
  func mistakes(_ line: String, _ message: String) throws {
    let outcome = try Tool.run(line.split(separator: " ").map(String.init))
    #expect(
      outcome.status == 64 && outcome.errors.hasPrefix("Error: \(message)"), "\(outcome.errors)")
  }

  @Test func formatSaysMore() throws {
    try inScratchFolder { folder in
      let path = folder.appending(path: "a.png").path
      let outcome = try Tool.run(["graph", "-e", "a", "a=1", "--format", "dot", "-o", path])
      #expect(outcome.status == 0)
    }
  }
}
