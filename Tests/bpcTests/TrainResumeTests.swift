import Foundation
import TestSupport
import Testing

/// Trainings that are stopped and go on.
struct TrainResumeTests {
  private static let model =
    "param a = 1; param b: [2] = 0.1; input x; input y; (y - a*x - sum(b*x^2))^2"

  private func inFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    try inScratchFolder { folder in
      let rows = (0..<9).map { "\(Double($0) / 4),\(Double($0 * $0 % 7) / 3)\n" }.joined()
      try Data(("x,y\n" + rows).utf8).write(to: folder.appending(path: "points.csv"))
      return try body(folder)
    }
  }

  private func train(_ options: [String], in folder: URL) throws -> Tool.Outcome {
    try Tool.run(
      ["train", "-e", TrainResumeTests.model, "--data", "points.csv"] + options, in: folder)
  }

  private func start(
    _ options: [String], of model: String = model, in folder: URL
  ) throws -> Process {
    let process = Process()
    process.executableURL = Tool.path
    process.arguments = ["train", "-e", model, "--data", "points.csv"] + options
    process.currentDirectoryURL = folder
    process.standardOutput = try file("output", in: folder)
    process.standardError = try file("errors", in: folder)
    try process.run()
    return process
  }

  private func file(_ name: String, in folder: URL) throws -> FileHandle {
    try Data().write(to: folder.appending(path: name))
    return try FileHandle(forWritingTo: folder.appending(path: name))
  }

  private func text(_ name: String, in folder: URL) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  private static let methods: [[String]] = [
    ["--method", "adamw", "--batch-size", "4", "--schedule", "cosine", "--seed", "5"],
    ["--method", "momentum", "--rate", "0.001", "--patience", "100000"],
  ]

  /// Killed at any instant, and again and again, a training ends with the same bits and the same state.
  @Test(arguments: methods)
  func killed(_ method: [String]) throws {
    try inFolder { folder in
      let options = method + ["--epochs", "20000", "--save-every", "7", "--format", "json"]
      let whole = try train(options + ["--save", "whole.json"], in: folder)
      #expect(whole.status == 0)
      let path = folder.appending(path: "state.json").path(percentEncoded: false)
      var kills = 0
      while true {
        let isStarted = FileManager.default.fileExists(atPath: path)
        let rest = isStarted ? ["--resume", "state.json"] : ["--save", "state.json"]
        let process = try start(options + rest, in: folder)
        if kills < 12 {
          usleep(UInt32.random(in: 5_000...250_000))
          if process.isRunning {
            kill(process.processIdentifier, SIGKILL)
            kills += 1
          }
        }
        process.waitUntilExit()
        if process.terminationReason == .exit { break }
      }
      #expect(kills > 2)
      #expect(try text("output", in: folder) == whole.output)
      #expect(try text("state.json", in: folder) == text("whole.json", in: folder))
    }
  }

  /// Ctrl-C ends it after the epoch, with the parameters, and it goes on to the same bits.
  @Test func interrupted() throws {
    try inFolder { folder in
      let options = ["--method", "adam", "--save", "state.json"]
      let process = try start(options + ["--epochs", "900000000"], in: folder)
      Thread.sleep(forTimeInterval: 1)
      process.interrupt()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == 130)
      let errors = try text("errors", in: folder)
      let match = try #require(errors.firstMatch(of: #/^Stopped after (\d+) of 900000000 epochs/#))
      #expect(errors.hasSuffix(" The same command with --resume state.json goes on.\n"))
      #expect(try text("output", in: folder).contains("\na = "))
      let epochs = try #require(Int(match.1)) + 100
      let rest = try train(["--resume", "state.json", "--epochs", "\(epochs)"], in: folder)
      let whole = try train(["--method", "adam", "--epochs", "\(epochs)"], in: folder)
      #expect(rest == whole)
    }
  }

  /// Ctrl-C stops a long epoch in its middle, and the training goes on from the last whole one to the same bits.
  @Test(arguments: [["--batch-size", "7"], []])
  func interruptedInAnEpoch(_ batches: [String]) throws {
    try inFolder { folder in
      let terms = (1..<150).map { "a*sin(\($0)*x)*exp(-b*x*\($0))" }.joined(separator: " + ")
      let rows = (0..<4000).map { "\(Double($0) / 4000),\(Double($0 % 7) / 7)\n" }.joined()
      try Data("x,y\n\(rows)".utf8).write(to: folder.appending(path: "points.csv"))
      let model = "param a = 0.1; param b = 1; loss = (y - (\(terms)))^2"
      let options = ["--method", "adam"] + batches
      let process = try start(
        options + ["--save", "s.json", "--epochs", "9000"], of: model, in: folder)
      let state = folder.appending(path: "s.json").path(percentEncoded: false)
      while process.isRunning, !FileManager.default.fileExists(atPath: state) { usleep(10_000) }
      usleep(UInt32.random(in: 300_000...2_500_000))
      let clock = ContinuousClock()
      let latency = clock.measure {
        process.interrupt()
        process.waitUntilExit()
      }
      #expect(process.terminationReason == .exit && process.terminationStatus == 130)
      // An epoch takes longer; on a machine that others use, too, this takes its time.
      #expect(latency < .milliseconds(400), "\(latency)")
      let errors = try text("errors", in: folder)
      let match = try #require(errors.firstMatch(of: #/^Stopped after (\d+) of 9000 epochs/#))
      let epochs = ["--epochs", "\((Int(match.1) ?? 0) + 1)"]
      let command = ["train", "-e", model, "--data", "points.csv"] + epochs
      let rest = try Tool.run(command + ["--resume", "s.json"], in: folder)
      #expect(try Tool.run(command + options, in: folder) == rest)
      #expect(rest.status == 0)
    }
  }

  /// States that are not damaged but impossible are refused, or do no harm.
  @Test(arguments: [
    ("[[], [2]]", "[[4611686018427387904], [4611686018427387904]]"), ("[[], [2]]", "[[9e15], [2]]"),
    ("\"history\": 10", "\"history\": 0"), ("\"rate-every\": 1", "\"rate-every\": 0"),
    ("\"epoch\": 3", "\"epoch\": 9007199254740992"),
    ("\"stride\": 1", "\"stride\": 9007199254740992"),
    ("\"warm-up\": 0", "\"warm-up\": 9007199254740992"),
    ("\"epochs\": 3", "\"epochs\": 9007199254740992"),
  ])
  func impossibleStates(_ piece: String, _ replacement: String) throws {
    try inFolder { folder in
      for method in ["adam", "lbfgs"] {
        _ = try train(["--save", "s.json", "--method", method, "--epochs", "3"], in: folder)
        let state = try text("s.json", in: folder)
        try #require(state.contains(piece))
        let changed = state.replacing(piece, with: replacement, maxReplacements: 1)
        try Data(changed.utf8).write(to: folder.appending(path: "s.json"))
        let outcome = try train(["--resume", "s.json", "--epochs", "6"], in: folder)
        #expect([0, 1].contains(outcome.status), "\(outcome)")
      }
    }
  }

  /// A state that was being written when its process was killed leaves no file behind for long.
  @Test func abandonedFiles() throws {
    try inFolder { folder in
      try Data("half".utf8).write(to: folder.appending(path: ".bpc-s.json"))
      #expect(try train(["--save", "s.json", "--epochs", "3"], in: folder).status == 0)
      let names = try FileManager.default.contentsOfDirectory(
        atPath: folder.path(percentEncoded: false))
      #expect(names.sorted() == ["points.csv", "s.json"])
    }
  }

  /// A state goes on with more epochs as if these had been asked for at first.
  @Test func moreEpochs() throws {
    try inFolder { folder in
      let options = ["--method", "nesterov", "--rate", "0.001", "--batch-size", "2"]
      _ = try train(options + ["--epochs", "10", "--save", "s.json"], in: folder)
      let rest = try train(["--resume", "s.json", "--epochs", "25"], in: folder)
      let whole = try train(options + ["--epochs", "25", "--save", "w.json"], in: folder)
      #expect(rest == whole && rest.status == 0)
      #expect(try text("s.json", in: folder) == text("w.json", in: folder))
      #expect(try train(["--resume", "s.json", "-q"], in: folder) == whole)
    }
  }

  /// Another program, method, shape, or other data are refused, with what differs.
  @Test(arguments: [
    (["--method", "sgd"], "--method adam, not sgd"), (["--seed", "3"], "--seed 0, not 3"),
    (["--precision", "float32"], "--precision float64, not float32"),
    (["--maximize"], "without --maximize"), (["--wrt", "a"], "it trains 'a', 'b', not 'a'"),
    (["--data", "others.csv"], "it is of other data"),
    (["-e", "param a = 1; param b: [2] = 0.1; (a*b[0] - x)^2"], "it minimises"),
    (
      ["-e", model.replacingOccurrences(of: "b*x^2", with: "b*x")],
      "it minimises '(y - a*x - sum(b*x^2))^2', not '(y - a*x - sum(b*x))^2'"
    ),
    (["-e", "param a = 1; param b: [3] = 0.1; \(tail)"], "'b' has shape [2] there, and [3] here"),
    (["-e", "param a = 1; param b: [2] = 0.1; c = a; \(tail)"], "it is of another program"),
  ])
  func otherTrainings(_ options: [String], _ message: String) throws {
    try inFolder { folder in
      try Data("x,y\n1,2\n".utf8).write(to: folder.appending(path: "others.csv"))
      let state = ["--save", "s.json", "--method", "adam", "--epochs", "3"]
      #expect(try train(state, in: folder).status == 0)
      let before = try text("s.json", in: folder)
      var arguments = ["train"]
      arguments += options.contains("-e") ? [] : ["-e", TrainResumeTests.model]
      arguments += options.contains("--data") ? [] : ["--data", "points.csv"]
      let outcome = try Tool.run(arguments + options + ["--resume", "s.json"], in: folder)
      #expect(outcome.status == 1 && outcome.output == "")
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
      #expect(try text("s.json", in: folder) == before)
    }
  }

  private static let tail = "input x; input y; (y - a*x - sum(b*x^2))^2"

  /// A file that is damaged anywhere is refused in a sentence.
  @Test func damagedStates() throws {
    try inFolder { folder in
      _ = try train(["--save", "s.json", "--method", "adam", "--epochs", "3"], in: folder)
      let state = Array(try text("s.json", in: folder).utf8)
      var generator = SeededGenerator(seed: 11)
      for _ in 0..<60 {
        let damaged = damaged([state], marks: "{}[],:\"-e.0", &generator)
        try Data(damaged).write(to: folder.appending(path: "d.json"))
        let outcome = try train(["--resume", "d.json", "--epochs", "5"], in: folder)
        #expect(outcome.status == 0 || outcome.status == 1 || outcome.status == 64)
        #expect(outcome.status == 0 || outcome.errors.hasPrefix("Error: "), "\(outcome.errors)")
      }
    }
  }

  /// When there is no room for the state, that is said, what was reached is printed, and the old state stays.
  @Test func fullDisk() throws {
    try inFolder { folder in
      _ = try train(["--save", "s.json", "--epochs", "3"], in: folder)
      let before = try text("s.json", in: folder)
      let command =
        "cd '\(folder.path(percentEncoded: false))' && trap '' XFSZ && ulimit -f 0 && '\(Tool.path.path(percentEncoded: false))' "
        + "train -e '\(TrainResumeTests.model)' --data points.csv --resume s.json --epochs 9 2>&1"
      let (output, code) = shell(command)
      #expect(code == 74 && output.contains("cannot write to 's.json'"), "\(output)")
      #expect(try text("s.json", in: folder) == before)
      #expect(try train(["--save", "/dev/full"], in: folder).status == 74)
    }
  }

  /// On a terminal there is a line of progress, not too often, and it is gone at the end.
  @Test(.enabled(if: isInstalled("script") && isInstalled("timeout")))
  func progress() throws {
    try inFolder { folder in
      let tool = Tool.path.path(percentEncoded: false)
      let command =
        "timeout --foreground -s INT 2 '\(tool)' train -e \"(a - 3)^2\" a=0 --epochs 900000000 >/dev/null"
      let path = folder.path(percentEncoded: false)
      let text = shell("cd '\(path)' && script -qec '\(command.replacing("'", with: "'\\''"))' log")
        .output
      let redraws = text.matches(of: #/\r\[[#-]{20}\] \d+/900000000  loss /#).count
      #expect((2...25).contains(redraws), "\(text)")
      #expect(text.contains("\r\u{1B}[KStopped after "), "\(text)")
    }
  }
}
