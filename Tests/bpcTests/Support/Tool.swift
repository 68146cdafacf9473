import Foundation

/// The tool as a process.
enum Tool {
  /// What a run left behind.
  struct Outcome: Equatable {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The tool that was built with the tests.
  static let path: URL = {
    let test = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    let folder = test ?? URL(filePath: CommandLine.arguments[0])
    return folder.deletingLastPathComponent().appending(path: "bpc")
  }()

  /// The folder of the package.
  static let package = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../..").standardized

  /// Runs the tool in `folder` with `input` on standard input.
  static func run(
    _ arguments: [String], in folder: URL = package, input: [UInt8] = []
  ) throws -> Outcome {
    try Tool.run(path, arguments, in: folder, input: input)
  }

  /// Runs any program in `folder` and waits for it.
  static func run(
    _ program: URL, _ arguments: [String], in folder: URL = package, input: [UInt8] = []
  ) throws -> Outcome {
    try inScratchFolder { scratch in
      try Tool.run(program, arguments, in: folder, input: input, scratch)
    }
  }

  /// Does what waits long for other processes on a thread of its own: the tests share as many threads as there
  /// are cores, and those that wait would keep others from running.
  static func waiting<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(with: Swift.Result { try body() })
      }
    }
  }

  private static func run(
    _ program: URL, _ arguments: [String], in folder: URL, input: [UInt8], _ scratch: URL
  ) throws -> Outcome {
    let files = ["input", "output", "errors"].map { scratch.appending(path: $0) }
    try Data(input).write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }
}

/// Returns what `body` gives for a new folder, which is gone afterwards.
func inScratchFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "bpc-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}
