// How functions of programs with arrays come to their workspace.

extension SwiftPrinter {
  /// Returns the statements that allocate a workspace of `count` elements until the function ends:
  /// nothing reads an element that was not written, so none has to be cleared.
  static func allocation(_ count: String) -> [String] {
    let head = "let workspace = UnsafeMutablePointer<Double>.allocate("
    let tail = "capacity: \(count))"
    let isLong = 2 + head.count + tail.count > width
    return (isLong ? [head, "  " + tail] : [head + tail]) + ["defer { workspace.deallocate() }"]
  }

  /// Returns the arguments of `workspaceCount`, which is no function where the size is known.
  func workspaceArguments(_ signature: SwiftSignature, _ core: SwiftCore) -> String {
    let names = core.workspaceCount.symbols.map { "\($0): \(signature.name(ofSize: $0))" }
    return names.isEmpty ? "" : "(\(names.joined(separator: ", ")))"
  }

  /// Writes the test that the workspace of the caller is large enough.
  func requireWorkspace(
    _ signature: SwiftSignature, _ core: SwiftCore, _ writer: inout LineWriter
  ) {
    guard core.workspaceCount != Dimension(0) else { return }
    writer.line("let needed: Int = workspaceCount\(workspaceArguments(signature, core))")
    writePrecondition(
      "workspace.count >= needed",
      ["'workspace' has \\(workspace.count) elements, and \\(needed) are needed"], &writer)
  }

  /// Returns what tells how many elements the workspace has: a function of the sizes that data gives,
  /// or a number.
  func workspaceText(_ core: SwiftCore) -> String {
    let count = core.workspaceCount
    let sentence = "/// How many elements the workspace of `valueAndGradient` has."
    guard count.number == nil else {
      return "\(sentence)\n\(access)static let workspaceCount = \(count.swift([:]))"
    }
    let symbols = Dictionary(
      uniqueKeysWithValues: count.symbols.map { ($0, SwiftNames.escaped($0)) })
    let parameters = count.symbols.map { "\($0): Int" }.joined(separator: ", ")
    var writer = LineWriter()
    writer.line(sentence)
    ignoreRules(count.symbols, &writer)
    writer.block("\(access)static func workspaceCount(\(parameters)) -> Int {") { writer in
      writer.line(count.swift(symbols))
    }
    return String(writer.text.dropLast())
  }
}
