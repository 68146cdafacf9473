import Foundation
import Testing

/// Emitted Swift with a main file, compiled without a warning, formatted, and run.
struct EmittedProgram: Sendable {
  private var files: [(name: String, text: String)] = []

  /// What a tool says that does not take the files.
  struct Failure: Error, CustomStringConvertible { let description: String }

  /// Adds a file that was emitted.
  mutating func add(_ name: String, _ text: String) { files.append((name + ".swift", text)) }

  /// Returns what the program with `main` as its main file prints.
  ///
  /// - Parameters:
  ///   - isStrict: Whether the files have to compile under all settings of modules, too.
  ///   - isOptimized: Whether it is compiled as for a release.
  func output(
    main: String, isStrict: Bool = false, isOptimized: Bool = true
  ) async throws -> String {
    try await Tool.waiting { try printed(main, isStrict, isOptimized) }
  }

  private func printed(_ main: String, _ isStrict: Bool, _ isOptimized: Bool) throws -> String {
    try inScratchFolder { scratch in
      for (name, text) in files + [("main.swift", main)] {
        try Data(text.utf8).write(to: scratch.appending(path: name))
      }
      let names = files.map(\.name)
      try run(["swift", "format", "lint", "--strict"] + names, in: scratch)
      try compile(
        [isOptimized ? "-O" : "-Onone", "-o", "program", "-swift-version", "6"] + names
          + ["main.swift"], in: scratch)
      if isStrict { try checkSettings(in: scratch) }
      let outcome = try Tool.run(scratch.appending(path: "program"), [], in: scratch)
      guard outcome.status == 0 else {
        throw Failure(description: "\(outcome.errors.prefix(4000))")
      }
      return outcome.output
    }
  }

  /// Checks the files in the other language mode, and with what modules may ask of all their files.
  private func checkSettings(in folder: URL) throws {
    // Each file stands for itself, so a part of them will do; the levels of access go round by 3.
    let some = files.enumerated().filter { $0.offset % 4 == 0 }.map(\.element.name)
    let options = ["-typecheck", "-parse-as-library", "-swift-version"]
    try compile(options + ["5"] + some, in: folder)
    try compile(options + ["6"] + EmittedProgram.strictness + some, in: folder)
  }

  /// Compiles files as one module: file by file each compilation would read all others again.
  private func compile(_ arguments: [String], in folder: URL) throws {
    let common = [
      "-whole-module-optimization", "-num-threads", "2", "-warnings-as-errors", "-package-name",
      "models",
    ]
    try run(["swiftc"] + common + arguments, in: folder)
  }

  private func run(_ arguments: [String], in folder: URL) throws {
    let outcome = try Tool.run(URL(filePath: "/usr/bin/env"), arguments, in: folder)
    guard outcome.status == 0 else {
      throw Failure(description: "\((outcome.output + outcome.errors).prefix(4000))")
    }
  }

  /// What modules may ask of all their files.
  private static let strictness: [String] = {
    let features = [
      "ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility",
      "NonisolatedNonsendingByDefault", "InferIsolatedConformances",
    ]
    let options = features.flatMap { ["-enable-upcoming-feature", $0] }
    return ["-default-isolation", "MainActor"] + options
  }()
}
