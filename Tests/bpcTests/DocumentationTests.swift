import BPLexer
import Foundation
import Testing

/// The documents say what is: their commands print what they show, and what they point to exists.
/// `make bless` writes what is observed; a run that writes fails all the same.
struct DocumentationTests {
  private static let blesses = ProcessInfo.processInfo.environment["BPC_BLESS"] == "1"

  @Test func thereAreDocuments() {
    let names = Set(MarkdownFile.all.map(\.description))
    #expect(names.isSuperset(of: ["README.md", "ARCHITECTURE.md", "docs/Language.md"]))
  }

  @Test(arguments: MarkdownFile.all)
  func commandsPrintWhatIsShown(_ file: MarkdownFile) throws {
    let lines = try file.lines()
    var renewed = lines
    for block in MarkdownFile.blocks(lines).reversed() where block.language == "console" {
      guard let console = ConsoleBlock(lines[block.range]) else {
        Issue.record("\(file):\(block.range.lowerBound + 1): the block shows no command")
        continue
      }
      renewed.replaceSubrange(block.range, with: try console.renewed())
    }
    try expect(renewed.joined(separator: "\n"), in: file)
  }

  @Test func operationsAreThoseOfTheTable() throws {
    let reference = try Tool.run(["help", "operations"])
    try expect(reference.output, in: .named("docs/Operations.md"))
  }

  /// Records an issue where `file` does not hold `text`, and renews it when that is asked for.
  private func expect(_ text: String, in file: MarkdownFile) throws {
    let old = (try? file.text()) ?? ""
    guard text != old else { return }
    if DocumentationTests.blesses { try Data(text.utf8).write(to: file.url) }
    let verdict = DocumentationTests.blesses ? "wrote" : "the document shows"
    Issue.record("\(file): \(verdict)\n\(difference(from: old, to: text))")
  }

  /// Returns the lines that are only in `old`, with a minus, and those only in `new`, with a plus.
  private func difference(from old: String, to new: String) -> String {
    new.components(separatedBy: "\n").difference(from: old.components(separatedBy: "\n"))
      .map { change in
        switch change {
        case .remove(_, let line, _): "- \(line)"
        case .insert(_, let line, _): "+ \(line)"
        }
      }
      .joined(separator: "\n")
  }

  @Test(arguments: MarkdownFile.all)
  func linksLeadSomewhere(_ file: MarkdownFile) throws {
    let folder = file.url.deletingLastPathComponent()
    for link in try file.captures(#/\]\(([^)\s#]+)[^)]*\)/#) where !link.contains("://") {
      #expect(exists(folder.appending(path: link)), "\(file) points to \(link)")
    }
  }

  @Test(arguments: MarkdownFile.all)
  func filesThatAreNamedExist(_ file: MarkdownFile) throws {
    for path in try file.captures(#/`((?:Sources|Tests|docs|examples|benchmarks)/[^`*\s]*)`/#) {
      #expect(exists(Tool.package.appending(path: path)), "\(file) names \(path)")
    }
  }

  private func exists(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.path(percentEncoded: false))
  }

  @Test func testsThatAreNamedExist() throws {
    let folder = Tool.package.appending(path: "Tests")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let sources = (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
    let texts = try sources.map { try String(contentsOf: $0, encoding: .utf8) }
    for file in MarkdownFile.all {
      for name in try file.captures(#/`([A-Z]\w*Tests(?:\.\w+)?)`/#) {
        let parts = name.split(separator: ".")
        let isThere = texts.contains { text in
          text.contains("struct \(parts[0]) ")
            && (parts.count == 1 || text.contains("func \(parts[1])("))
        }
        #expect(isThere, "\(file) names the test \(name)")
      }
    }
  }

  @Test(arguments: DiagnosticCode.allCases)
  func everyCodeHasAPage(_ code: DiagnosticCode) throws {
    let page = try Tool.run(["help", "\(code)"])
    #expect(page.status == 0)
    #expect(page.output.hasPrefix("\(code): ") && page.output.count > 20)
    #expect(try MarkdownFile.named("docs/Language.md").text().contains("\(code)"))
  }

  /// The package in the README is the example, which `.ci/packages` builds.
  @Test func thePackageIsTheExample() throws {
    let lines = try MarkdownFile.named("README.md").lines()
    let blocks = MarkdownFile.blocks(lines).filter { $0.language == "swift" }
    let example = Tool.package.appending(path: "examples/packages/building-app")
    let files = try ["Package.swift", "Sources/App/main.swift"].map {
      try String(contentsOf: example.appending(path: $0), encoding: .utf8)
    }
    try #require(blocks.count == 4)
    for (block, file) in zip(blocks[1...], files) {
      #expect(file.contains(lines[block.range].joined(separator: "\n")))
    }
  }

  /// The call in the README, compiled with the file that it shows: it prints what its comments say.
  @Test func theCallOfEmittedSwiftWorks() throws {
    let lines = try MarkdownFile.named("README.md").lines()
    let block = try #require(MarkdownFile.blocks(lines).first { $0.language == "swift" })
    let folder = TemporaryDirectory()
    _ = folder.file("main.swift", lines[block.range].joined(separator: "\n"))
    let model = "\(folder.path)/Sigmoid.swift"
    _ = try Tool.run(["grad", "examples/sigmoid.bp", "--emit-swift", "-o", model])
    let build = shell("cd '\(folder.path)' && swiftc -o call Sigmoid.swift main.swift 2>&1")
    #expect(build.code == 0, "\(build.output)")
    let expected = lines[block.range].filter { $0.hasPrefix("// ") }.map { $0.dropFirst(3) + "\n" }
    #expect(shell("'\(folder.path)/call'").output == expected.joined())
  }
}
