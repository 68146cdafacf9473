import Foundation
import TestSupport
import Testing

/// Trainings that signals stop, and what is checked before one begins.
struct TrainStopTests {
  private static let model = "(y - a*x - b)^2"

  private func inFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    try inScratchFolder { folder in
      try Data("x,y\n1,2\n2,4\n3,7\n".utf8).write(to: folder.appending(path: "d.csv"))
      return try body(folder)
    }
  }

  private func train(_ options: [String], in folder: URL) throws -> Tool.Outcome {
    try Tool.run(
      ["train", "-e", TrainStopTests.model, "--data", "d.csv"] + options, in: folder)
  }

  private func text(_ name: String, in folder: URL) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  /// Starts a training that takes hours, and returns it once it runs.
  private func start(in folder: URL) throws -> Process {
    let process = Process()
    process.executableURL = Tool.path
    process.arguments =
      ["train", "-e", TrainStopTests.model, "--data", "d.csv", "a=1", "b=0"]
      + ["--epochs", "900000000", "--save", "s.json"]
    process.currentDirectoryURL = folder
    for name in ["output", "errors"] { try Data().write(to: folder.appending(path: name)) }
    process.standardOutput = try FileHandle(forWritingTo: folder.appending(path: "output"))
    process.standardError = try FileHandle(forWritingTo: folder.appending(path: "errors"))
    try process.run()
    let state = folder.appending(path: "s.json").path(percentEncoded: false)
    while process.isRunning, !FileManager.default.fileExists(atPath: state) { usleep(10_000) }
    return process
  }

  /// Signals at once are one press of Ctrl-C, and SIGTERM is one, too.
  @Test(arguments: [
    ([SIGINT, SIGINT], 130), ([SIGINT, SIGINT, SIGINT], 130), ([SIGTERM], 143),
    ([SIGTERM, SIGTERM], 143),
  ])
  func stopped(_ signals: [Int32], _ code: Int) throws {
    try inFolder { folder in
      let process = try start(in: folder)
      usleep(200_000)
      for number in signals {
        kill(process.processIdentifier, number)
        usleep(500)
      }
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && Int(process.terminationStatus) == code)
      #expect(try text("output", in: folder).contains("\na = "))
      let errors = try text("errors", in: folder)
      let match = try #require(errors.firstMatch(of: #/^Stopped after (\d+) of 900000000 epochs/#))
      #expect(try text("s.json", in: folder).contains("\"epoch\": \(match.1),"))
    }
  }

  /// What goes on needs no start values.
  @Test func startValuesOfTheState() throws {
    try inFolder { folder in
      let options = ["--method", "adam", "--rate", "0.1"]
      let start = options + ["a=1", "b=0"]
      #expect(try train(start + ["--epochs", "5", "--save", "s.json"], in: folder).status == 0)
      let rest = try train(["--resume", "s.json", "--epochs", "9"], in: folder)
      #expect(try train(start + ["--epochs", "9"], in: folder) == rest)
      #expect(rest.status == 0)
    }
  }

  /// When all epochs are behind a state, that is said.
  @Test func nothingLeftToDo() throws {
    try inFolder { folder in
      let start = ["a=1", "b=0", "--epochs", "5", "--save", "s.json"]
      let before = try train(start, in: folder)
      let after = try train(["--resume", "s.json"], in: folder)
      #expect(after.output == before.output && after.status == 0)
      #expect(
        after.errors
          == "note: nothing was left to do: the training in s.json has its 5 epochs behind it; "
          + "with more --epochs it goes on\n")
    }
  }

  /// A file of parameters is no state.
  @Test func parametersAreNoState() throws {
    try inFolder { folder in
      _ = try train(["a=1", "b=0", "--epochs", "5", "--params-out", "p.json"], in: folder)
      let outcome = try train(["--resume", "p.json"], in: folder)
      #expect(outcome.status == 1)
      #expect(
        outcome.errors.hasPrefix("Error: p.json:1:1: there are parameters here, as --params-out"),
        "\(outcome.errors)")
    }
  }

  /// Where results cannot be written is said before the training begins.
  @Test(arguments: ["--params-out", "--plot", "--save", "-o"])
  func unwritable(_ option: String) throws {
    try inFolder { folder in
      let long = ["a=1", "b=0", "--epochs", "900000000", option]
      for (path, reason) in [
        ("no/f", "cannot create 'no/f': No such file or directory"),
        (".", "cannot write to '.': it is a directory"),
        ("d.csv", "cannot write to 'd.csv': it is an input"),
      ] {
        let outcome = try train(long + [path], in: folder)
        #expect(outcome.status == 73 && outcome.output == "")
        #expect(outcome.errors == "Error: \(reason)\n")
      }
      let names = try FileManager.default.contentsOfDirectory(
        atPath: folder.path(percentEncoded: false))
      #expect(names == ["d.csv"])
    }
  }
}

/// What is said about trainings and files that cannot be what was meant.
struct MeantOtherwiseTests {
  @Test(arguments: [
    (
      ["grad", "f = a^2", "a=1"],
      "cannot read 'f = a^2': there is no such file; an expression follows -e"
    ),
    (
      ["eval", "sigmoid"], "cannot read 'sigmoid': there is no such file; an expression follows -e"
    ),
    (["eval", "no/such.bp"], "cannot read 'no/such.bp': there is no such file"),
    (
      ["train", "-e", "(a - 1)^2", "a=0", "--batch-size", "2"],
      "--batch-size: no column of the data is bound to a number, so there are no rows"
    ),
    (
      ["grad", "-e", "y(x) = x^2; y(2*a)", "a=1", "--of", "y"],
      "--of y: 'y' is a function, and has no value before it is called; define a name as one of its "
        + "values, as in 'z = y(…)'"
    ),
    (
      ["eval", "-e", "x*y", "--data", "bare.csv"],
      "no value for 'x', 'y'; the data has '1', '2'; a table needs a first line that names its columns"
    ),
    (
      ["eval", "-e", "x*y", "--data", "blanks.csv"],
      "no value for 'x', 'y'; the data has 'x y'; the columns of a table are separated by commas"
    ),
    (
      ["eval", "-e", "x*y", "--data", "decimals.csv"],
      "decimals.csv:2: column 'y': '4,5' is no number; decimals follow a point"
    ),
  ])
  func message(_ arguments: [String], _ message: String) throws {
    try inScratchFolder { folder in
      for (name, text) in [
        ("bare", "1,2\n3,4\n"), ("blanks", "x y\n3 4\n"), ("decimals", "x;y\n3;4,5\n"),
      ] {
        try Data(text.utf8).write(to: folder.appending(path: "\(name).csv"))
      }
      let outcome = try Tool.run(arguments, in: folder)
      #expect(outcome.errors == "Error: \(message)\n")
    }
  }

  /// Where every derivative is 0 that is said.
  @Test func nothingMoves() throws {
    try inScratchFolder { folder in
      let outcome = try Tool.run(["train", "-e", "relu(a)", "a=-1"], in: folder)
      #expect(outcome.status == 0)
      #expect(
        outcome.errors
          == "note: nothing moved: every derivative is 0 at the start; other start values may help\n"
      )
    }
  }
}
