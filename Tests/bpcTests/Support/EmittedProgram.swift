import Foundation
import Testing

/// Emitted Swift with a main file, compiled without a warning, formatted, and run.
struct EmittedProgram {
  private var files: [(name: String, text: String)] = []

  /// Adds a file that was emitted.
  mutating func add(_ name: String, _ text: String) { files.append((name + ".swift", text)) }

  /// Returns what the program with `main` as its main file prints.
  func output(main: String) throws -> String {
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "bpc-emitted-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    for (name, text) in files + [("main.swift", main)] {
      try Data(text.utf8).write(to: scratch.appending(path: name))
    }
    let names = files.map(\.name)
    let env = URL(filePath: "/usr/bin/env")
    let lint = try Tool.run(env, ["swift", "format", "lint", "--strict"] + names, in: scratch)
    #expect(lint.status == 0, "\(lint.errors.prefix(2000))")
    let options = ["-O", "-warnings-as-errors", "-swift-version", "6", "-o", "program"]
    let build = try Tool.run(env, ["swiftc"] + options + names + ["main.swift"], in: scratch)
    #expect(build.status == 0, "\((build.output + build.errors).prefix(4000))")
    let outcome = try Tool.run(scratch.appending(path: "program"), [], in: scratch)
    #expect(outcome.status == 0, "\(outcome.errors.prefix(2000))")
    return outcome.output
  }
}
