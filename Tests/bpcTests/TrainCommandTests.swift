import Foundation
import Testing

/// `bpc train` as its users meet it.
struct TrainCommandTests {
  private static let points = "x,y\n1,2\n2,4\n3,6.5\n"

  private func run(_ arguments: [String], in folder: URL = Tool.package) throws -> Tool.Outcome {
    try Tool.run(["train"] + arguments, in: folder)
  }

  private func inFolder<Result>(
    _ data: String = TrainCommandTests.points, _ body: (URL) throws -> Result
  ) throws -> Result {
    try inScratchFolder { folder in
      try Data(data.utf8).write(to: folder.appending(path: "points.csv"))
      return try body(folder)
    }
  }

  /// The trained parameters are what every command takes as values.
  @Test func parametersForOtherCommands() throws {
    try inFolder { folder in
      let model = "input x; input y; loss = (y - a*x - b)^2"
      let outcome = try run(
        [
          "-e", model, "--data", "points.csv", "a=1", "b=0", "--method", "lbfgs", "--params-out",
          "fit.json",
        ], in: folder)
      #expect(outcome.status == 0)
      let number = try #require(outcome.output.firstMatch(of: #/loss = (\S+)/#)?.1)
      for command in [["grad", "--reduce", "mean"], ["eval"]] {
        let arguments = command + ["-e", model, "--params", "fit.json", "--data", "points.csv"]
        let other = try Tool.run(arguments, in: folder)
        #expect(other.status == 0)
        if command.count > 1 { #expect(other.output.hasPrefix("loss = \(number)\n")) }
      }
      let swift = try Tool.run(
        ["grad", "-e", model, "--params", "fit.json", "--emit-swift"], in: folder)
      let a = try #require(outcome.output.firstMatch(of: #/a = (\S+)/#)?.1)
      #expect(swift.output.contains("a: Double = \(a),"))
    }
  }

  /// Arrays of parameters become defaults, too, and what is no default in Swift is said.
  @Test func arraysAsDefaults() throws {
    try inScratchFolder { folder in
      let model = "input x: [2]; param w: [2]; loss = sum((w*x - 1)^2)"
      try Data("{\"w\": [0.5, -0.25], \"x\": 3}".utf8).write(to: folder.appending(path: "p.json"))
      let emit = ["grad", "-e", model, "--emit-swift", "--params", "p.json"]
      let refused = try Tool.run(emit, in: folder)
      #expect(refused.status == 1)
      #expect(refused.errors.contains("'x' has to be an array"))
      try Data("{\"w\": [0.5, -0.25]}".utf8).write(to: folder.appending(path: "p.json"))
      let emitted = try Tool.run(emit, in: folder)
      #expect(emitted.output.contains("w: [Double] = [0.5, -0.25]"))
      #expect(emitted.output.contains("x: [Double],"))
      try Data("{\"w\": [0.5, -0.25, 1]}".utf8).write(to: folder.appending(path: "p.json"))
      #expect(try Tool.run(emit, in: folder).status == 1)
    }
  }

  /// What is typed becomes a default as what a file has, and counts more; what emitted Swift does not use is said.
  @Test func typedDefaults() throws {
    try inScratchFolder { folder in
      let model = "param a = 0.5; param w: [n] = 1; input x; loss = sum((a*w*x - 1)^2)"
      try Data("{\"a\": 2, \"x\": 3}".utf8).write(to: folder.appending(path: "p.json"))
      func emit(_ arguments: [String]) throws -> Tool.Outcome {
        try Tool.run(["grad", "-e", model, "--emit-swift"] + arguments, in: folder)
      }
      let typed = try emit(["a=1.25", "w=[3, 4]", "--params", "p.json"])
      #expect(typed.output.contains("a: Double = 1.25"))
      #expect(typed.output.contains("w: [Double] = [3.0, 4.0]"))
      #expect(typed.output.contains("x: Double = 3.0"))
      #expect(typed.errors == "")
      let unused = try emit(["n=2", "--data", "p.json"])
      #expect(unused.status == 0)
      #expect(unused.errors.contains("note: --data says nothing to --emit-swift"))
      #expect(unused.errors.contains("note: 'n' is a size"))
      #expect(try emit(["n=2", "--data", "p.json", "-q"]).errors == "")
      #expect(try emit(["w=2"]).errors.contains("'w' has to be an array"))
      #expect(try emit(["b=2"]).errors.contains("no leaf 'b'"))
      let text = try Tool.run(["grad", "-e", model, "--emit-ir", "a=1"], in: folder)
      #expect(text.errors == "note: values of names say nothing to --emit-ir\n")
    }
  }

  /// What the method remembers counts as memory, and so do the parameters; the number that is advised is enough.
  @Test(arguments: [
    ("sgd", "24M"), ("momentum", "24M"), ("adam", "24M"), ("lbfgs", "24M"), ("lbfgs", "140M"),
  ])
  func memory(_ method: String, _ memory: String) throws {
    let model = "param w: [1000000] = 1; loss = sum((w - 2)^2)"
    func run(_ memory: String) throws -> Tool.Outcome {
      try self.run(["-e", model, "--method", method, "--epochs", "1", "--memory", memory])
    }
    var outcome = try run(memory)
    #expect(outcome.status == 1 && outcome.output == "")
    let isOwn = outcome.errors.contains("--method \(method) would hold ")
    #expect(isOwn == (method != "sgd" && memory == "24M"), "\(outcome.errors)")
    var advised = 0
    while outcome.status == 1 {
      let match = try #require(
        outcome.errors.firstMatch(of: #/'--memory (\S+)' lets it hold more/#))
      advised += 1
      try #require(advised < 6)
      outcome = try run(String(match.1))
    }
    #expect(outcome.status == 0 && outcome.errors == "")
  }

  /// The mean over rows is what a column as one vector gives.
  @Test func rowsAreTheirMean() throws {
    try inFolder { folder in
      let rows = try run(
        ["-e", "param a = 1; (y - a*x)^2", "--data", "points.csv", "--format", "json"], in: folder)
      let vector = try run(
        [
          "-e", "input x: [n]; input y: [n]; param a = 1; mean((y - a*x)^2)", "--data",
          "points.csv", "--format", "json",
        ], in: folder)
      let pattern = #/"a": ([0-9.]+)/#
      let numbers = try [rows, vector].map { outcome in
        let match = try #require(outcome.output.firstMatch(of: pattern))
        return try #require(Double(match.1))
      }
      #expect(abs(numbers[0] - numbers[1]) < 1e-12)
      #expect(abs(numbers[0] - 29.5 / 14) < 1e-12)
    }
  }

  /// The seed decides on batches, and is said with -v.
  @Test func seeds() throws {
    try inFolder { folder in
      func run(_ seed: String) throws -> Tool.Outcome {
        try self.run(
          [
            "-e", "param a = 1; (y - a*x)^2", "--data", "points.csv", "--batch-size", "1",
            "--epochs", "10", "-v", "--seed", seed,
          ], in: folder)
      }
      let (first, second) = (try run("1"), try run("2"))
      #expect(try run("1").output == first.output)
      #expect(second.output != first.output)
      #expect(second.errors.contains("1 of 3 rows a step, seed 2\n"))
    }
  }

  /// In Float32 the parameters that are printed are those that the loss was computed for.
  @Test func float32() throws {
    try inScratchFolder { folder in
      let model = "param a = 0.1; param b = 2; loss = (a*b - 1)^2 + exp(a - b)"
      let outcome = try run(
        ["-e", model, "--precision", "float32", "--epochs", "20", "--params-out", "p.json"],
        in: folder)
      let other = try Tool.run(
        ["eval", "-e", model, "--precision", "float32", "--params", "p.json"], in: folder)
      let match = try #require(outcome.output.firstMatch(of: #/loss = (\S+)/#))
      let loss = try #require(Double(match.1))
      #expect(other.output == "loss = \(Float(loss))\n")
      let digits = try #require(outcome.output.firstMatch(of: #/a = (\S+)/#)?.1)
      #expect(digits.count <= 10)
    }
  }

  @Test func maximizing() throws {
    let outcome = try run(["-e", "5 - (a - 3)^2", "a=0", "--maximize", "--rate", "0.5"])
    #expect(outcome == Tool.Outcome(status: 0, output: "5 - (a - 3)^2 = 5\na = 3\n", errors: ""))
  }

  @Test func noEpochs() throws {
    let outcome = try run(["examples/softplus-network.bp", "--wrt", "b3", "--epochs", "0"])
    #expect(
      outcome == Tool.Outcome(status: 0, output: "loss = 20.423597677589214\nb3 = 0\n", errors: ""))
  }

  /// A number that is literal-bound stays, unless it is asked for.
  @Test func literals() throws {
    #expect(try run(["-e", "a = 1; b = a*2; (b - 4)^2"]).status == 1)
    let outcome = try run(["-e", "a = 1; b = a*2; (b - 4)^2", "--wrt", "a", "--rate", "0.125"])
    #expect(outcome.output == "(b - 4)^2 = 0\na = 2\n")
  }

  /// Options that say nothing to the method, or two things to one file, are usage errors.
  @Test(arguments: [
    ["--method", "sgd", "--momentum", "0.5"], ["--method", "adam", "--decay", "0.1"],
    ["--method", "lbfgs", "--batch-size", "2"], ["--method", "lbfgs", "--schedule", "cosine"],
    ["--rate", "0"], ["--rate=-1"], ["--method", "momentum", "--momentum", "1"],
    ["--save", "f", "--plot", "f"], ["--save-every", "3"], ["--rate", "nan"],
    ["--save", "-"],
  ])
  func misplacedOptions(_ options: [String]) throws {
    let outcome = try run(["-e", "(a - 3)^2", "a=0"] + options)
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(outcome.errors.hasPrefix("Error: "))
  }

  /// What cannot be trained is said before anything runs.
  @Test(arguments: [
    (["-e", "b = a^2; b + c^2", "a=1", "c=1", "--wrt", "b"], "the program computes 'b'"),
    (["-e", "param x = 1; x^2", "--data", "points.csv"], "'x' is to be trained, but the data"),
    (["-e", "x^2", "--data", "points.csv"], "there is nothing to train"),
    (["-e", "(y - a*x)^2", "--data", "points.csv"], "no value for 'a'; the data has 'x', 'y'"),
    (["-e", "param a: [2] = 1; a", "--data", "points.csv"], "has shape [2]"),
    (["-e", "(a - x)^2", "--data", "none.csv", "a=1"], "the data has no rows"),
    (["-e", "(a - x)^2", "--data", "bad.csv", "a=1"], "'(a - x)^2' is nan at the start, in row 2"),
    (["-e", "input x: [n]; mean((a - x)^2)", "--data", "none.csv", "a=1"], "'x' is empty"),
    (
      ["-e", "param w: [n] = 1; sum(w^2)", "n=0"],
      "there is nothing to train: the parameters are empty"
    ),
    (
      ["-e", "input x: [n]; sum((a - x)^2)", "x=[1, inf]", "a=1"], "where an element of 'x' is inf;"
    ),
    (
      ["-e", "(a - x)^2", "--data", "points.csv", "a=nan"],
      "in row 1 of the data, where 'a' is nan;"
    ),
    (["-e", "(a - x)^2", "--data", "points.csv", "a=1", "--save", "points.csv"], "it is an input"),
    (["-e", "(a - 1)^2", "a=3", "--save", "/nonexistent/state"], "cannot create"),
    (["-e", "(a - 1)^2", "a=3", "--resume", "points.csv"], "points.csv:1:1"),
  ])
  func failures(_ arguments: [String], _ message: String) throws {
    try inFolder { folder in
      try Data("x,y\n".utf8).write(to: folder.appending(path: "none.csv"))
      try Data("x\n1\nnan\n2\n".utf8).write(to: folder.appending(path: "bad.csv"))
      let outcome = try run(arguments, in: folder)
      #expect(outcome.status != 0 && outcome.status != 64 && outcome.output == "")
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }
  }

  /// A rate that is too large costs nothing but time: the best parameters are printed and kept.
  @Test func divergence() throws {
    try inFolder { folder in
      let model = ["-e", "(a - 3)^2", "a=2", "--save", "s.json"]
      let outcome = try run(model + ["--rate", "2", "--params-out", "p.json"], in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.output == "(a - 3)^2 = 1\na = 2\n")
      #expect(outcome.errors.contains("is inf after 324 epochs"))
      #expect(outcome.errors.contains("the smallest was 1 after 0"))
      #expect(outcome.errors.contains("try a --rate below 2, from there with --resume s.json"))
      let rest = try run(
        ["-e", "(a - 3)^2", "a=2", "--resume", "s.json", "--rate", "0.5"], in: folder)
      #expect(rest.output == "(a - 3)^2 = 0\na = 3\n")
    }
  }

  /// A run that fails in the middle leaves the parameters that it came to.
  @Test func failureInTheMiddle() throws {
    let model =
      "param a = 0.0; v = [1.0, 2]; k = 0; while a > k + 1 { k = k + 1 }; (a - 5)^2 + v[k]*0"
    let outcome = try run(["-e", model, "--rate", "0.1", "--of", "(a - 5)^2 + v[k]*0"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("[BP00"), "\(outcome.errors)")
    #expect(outcome.output.contains("a = 1.8\n"), "\(outcome.output)")
    #expect(outcome.errors.hasPrefix("Stopped after 3 of 1000 epochs; the parameters are the best"))
  }

  /// What cannot be written at the end is said, and all else is written.
  @Test(.enabled(if: FileManager.default.isWritableFile(atPath: "/dev/full")))
  func fullDiskAtTheEnd() throws {
    try inFolder { folder in
      let model = ["-e", "(a - 3)^2", "a=0", "--rate", "0.5"]
      let outcome = try run(
        model + ["--params-out", "/dev/full", "--plot", "l.svg", "--save", "s.json"], in: folder)
      #expect(outcome.status == 74 && outcome.output == "(a - 3)^2 = 0\na = 3\n")
      #expect(outcome.errors == "Error: cannot write to '/dev/full': No space left on device\n")
      for file in ["l.svg", "s.json"] {
        #expect(FileManager.default.fileExists(atPath: folder.appending(path: file).path()))
      }
      let other = try run(model + ["-o", "/dev/full", "--params-out", "p.json"], in: folder)
      #expect(other.status == 74)
      let text = try String(contentsOf: folder.appending(path: "p.json"), encoding: .utf8)
      #expect(text.contains("\"a\": 3"))
    }
  }

  @Test func curve() throws {
    try inFolder { folder in
      let outcome = try run(["-e", "(a - 3)^2", "a=0", "--plot", "loss.svg"], in: folder)
      #expect(outcome.status == 0)
      let svg = try String(contentsOf: folder.appending(path: "loss.svg"), encoding: .utf8)
      #expect(svg.hasPrefix("<svg ") && svg.contains("over 1000 epochs, from 9 to "))
    }
  }
}
