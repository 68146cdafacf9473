import BPIR
import Foundation
import TestSupport
import Testing

/// The special functions that emitted files bring along are those that the interpreter calls, word
/// for word.
struct SwiftPreludeTests {
  private static let package = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardized

  /// Returns the functions of a source file with their documentation, by name.
  private func functions(in path: String) throws -> [(name: String, text: String)] {
    let file = SwiftPreludeTests.package.appending(path: path)
    let lines = try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    var functions: [(name: String, text: String)] = []
    var current: [Substring] = []
    var name: String?
    for line in lines {
      if line.hasPrefix("///") || name != nil { current.append(line) }
      if line.hasPrefix("package func ") {
        name = String(line.dropFirst(13).prefix { $0 != "(" })
        current.append(line.dropFirst(8))
      }
      if line == "}", let found = name {
        functions.append((found, current.joined(separator: "\n")))
        name = nil
        current = []
      }
    }
    return functions
  }

  @Test func preludeIsWhatTheInterpreterCalls() throws {
    let functions = try ["SpecialFunctions", "AccurateFunctions"].flatMap {
      try self.functions(in: "Sources/IR/Meaning/\($0).swift")
    }
    #expect(functions.count >= 10)
    let helpers = SwiftHelper.allCases.map(\.text)
    for (name, text) in functions {
      let isThere = helpers.contains(text)
      #expect(isThere, "the prelude's \(name) is not the one of Sources/IR/Meaning")
      guard !isThere, ProcessInfo.processInfo.environment["BPC_BLESS"] == "1" else { continue }
      try renew(functions)
      return
    }
  }

  /// Writes the prelude anew.
  private func renew(_ functions: [(name: String, text: String)]) throws {
    var text = """
      /// The text of the functions in `SpecialFunctions.swift` and `AccurateFunctions.swift`, as
      /// emitted files bring them along. A test compares it with those files, and `make bless` renews
      /// it.
      enum SwiftPrelude {

      """
    for (index, function) in functions.enumerated() {
      let lines = function.text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : "    " + $0 }
      text += (index == 0 ? "" : "\n") + "  static let \(function.name) = \"\"\"\n"
      text += lines.joined(separator: "\n") + "\n    \"\"\"\n"
    }
    let file = SwiftPreludeTests.package.appending(path: "Sources/IR/Print/SwiftPrelude.swift")
    try Data((text + "}\n").utf8).write(to: file)
  }
}
