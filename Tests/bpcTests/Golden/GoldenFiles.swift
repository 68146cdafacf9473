import Foundation

/// A program with its expectations: files of the same name beside it say what is checked.
struct GoldenFile: CustomStringConvertible, Sendable {
  /// The program.
  let program: URL

  /// The topic and the claim.
  var description: String {
    program.deletingLastPathComponent().lastPathComponent + "/" + claim
  }

  private var claim: String { program.deletingPathExtension().lastPathComponent }

  /// The expectation about `artifact`.
  func expectation(_ artifact: String) -> URL {
    folder.appending(path: "\(claim).\(artifact).expected")
  }

  var folder: URL { program.deletingLastPathComponent() }

  /// The artifacts that are checked.
  var artifacts: [String] {
    GoldenFile.artifacts.filter {
      FileManager.default.fileExists(atPath: expectation($0).path(percentEncoded: false))
    }
  }

  /// All artifacts that can be checked.
  static let artifacts = [
    "tokens", "syntax", "ir", "optimized", "gradient", "bytecode", "cost", "swift", "diagnostics",
    "output",
  ]

  /// The programs under Tests/Golden.
  static let all: [GoldenFile] = {
    let root = Tool.package.appending(path: "Tests/Golden")
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "bp" }
      .map { GoldenFile(program: $0) }
      .sorted { $0.description < $1.description }
  }()

  /// The commands that the head of the program asks for: `# bpc grad a=1`.
  var commands: [[String]] {
    let text = (try? String(contentsOf: program, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { $0.hasPrefix("# bpc ") }
      .map { $0.dropFirst(6).split(separator: " ").map(String.init) }
  }

  /// Returns what the tool makes of the program.
  func observed(_ artifact: String) throws -> String {
    let name = program.lastPathComponent
    switch artifact {
    case "diagnostics":
      return try Tool.run(["check", name], in: folder).errors
    case "output": return try commands.map(transcript).joined(separator: "\n")
    default:
      let outcome = try Tool.run(["grad", name, "--show", artifact], in: folder)
      return outcome.output + outcome.errors
    }
  }

  /// Returns a command with all that it prints.
  private func transcript(_ command: [String]) throws -> String {
    let arguments = [command[0], program.lastPathComponent] + command.dropFirst()
    let outcome = try Tool.run(arguments, in: folder)
    let status = outcome.status == 0 ? "" : "exit \(outcome.status)\n"
    return "$ bpc \(arguments.joined(separator: " "))\n" + outcome.output + outcome.errors + status
  }
}
