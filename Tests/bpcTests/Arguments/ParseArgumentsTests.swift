import Testing

@testable import bpc

/// What well-formed arguments mean.
struct ParseArgumentsTests {
  /// A file alone is evaluated with the defaults.
  @Test func defaultsOfEval() throws {
    let arguments = try #require(eval("eval model.bp"))
    #expect(arguments.source == .input(.file("model.bp")))
    #expect(arguments.bindings.isEmpty)
    #expect(arguments.format == .text)
    #expect(!arguments.printsAll)
    #expect(arguments.rewrites)
    #expect(arguments.verbosity == .normal)
    #expect(arguments.color == .auto)
  }

  /// Each option of eval changes what it says.
  @Test func optionsOfEval() throws {
    let line = "eval --format csv --all --no-rewrite -q --color never -"
    let arguments = try #require(eval(line))
    #expect(arguments.source == .input(.standardInput))
    #expect(arguments.format == .csv)
    #expect(arguments.printsAll)
    #expect(!arguments.rewrites)
    #expect(arguments.verbosity == .quiet)
    #expect(arguments.color == .never)
  }

  /// What a run may take.
  @Test func limitsOfRuns() throws {
    let arguments = try #require(eval("eval --max-steps 100 --memory 64M m.bp")).limits
    #expect(arguments.maxTurns == 100 && arguments.memory == 64 << 20)
    #expect(arguments.limits.memory == 64 << 20)
    let defaults = try #require(grad("grad m.bp")).limits
    #expect(defaults.maxTurns == 1_000_000_000 && defaults.memory == nil)
    #expect(defaults.limits.memory == defaultMemory && defaultMemory > 0)
    let sizes = ["1": 1, "16K": 16 << 10, "2G": 2 << 30, "1T": 1 << 40]
    for (text, size) in sizes { #expect(byteCount(text) == size) }
    for text in ["", "M", "0", "-1", "+1", "1.5G", "64MB", "64 M", "1e9", "9223372036854775807K"] {
      #expect(byteCount(text) == nil)
      let error = usageError(["eval", "--memory=\(text)", "m.bp"])
      #expect(error.contains("'--memory <size>'"))
    }
    let errors = usageError("grad --max-steps 1.5 m.bp")
    #expect(errors.contains("The value '1.5' is invalid for '--max-steps <count>'"))
  }

  /// The sizes of control groups, of both versions.
  @Test func limitsOfControlGroups() {
    let files = controlGroupFiles("9:cpu:/\n4:memory:/a/b\n0::/c\nnonsense\n")
    #expect(
      files == [
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory/a/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory/a/b/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/c/memory.max",
      ])
    #expect(controlGroupLimit("1073741824\n") == 1 << 30)
    #expect(controlGroupLimit("max\n") == nil)
  }

  /// A program alone is differentiated with the defaults.
  @Test func defaultsOfGrad() throws {
    let arguments = try #require(grad("grad -e x*x"))
    #expect(arguments.source == .expression("x*x"))
    #expect(arguments.of == nil && arguments.wrt.isEmpty && arguments.stages.isEmpty)
    #expect(!arguments.checks && arguments.order == .gradient)
    #expect(arguments.emission == nil && arguments.namespace == nil)
    #expect(arguments.format == .text)
    #expect(arguments.output == .standardOutput)
    #expect(arguments.rewrites)
    #expect(arguments.verbosity == .normal)
  }

  /// Each option of grad changes what it says.
  @Test func optionsOfGrad() throws {
    let line =
      "grad m.bp --of f --wrt a,b --wrt ŷ --hessian --emit-swift --name Model --show ir "
      + "--show cost -o out.swift --no-rewrite --verbose --color=always"
    let arguments = try #require(grad(line))
    #expect(arguments.of == "f")
    #expect(arguments.wrt == ["a", "b", "ŷ"])
    #expect(arguments.order == .hessian)
    #expect(arguments.emission == .swift)
    #expect(arguments.namespace == "Model")
    #expect(arguments.stages == [.ir, .cost])
    #expect(arguments.output == .file("out.swift"))
    #expect(!arguments.rewrites)
    #expect(arguments.verbosity == .verbose)
    #expect(arguments.color == .always)
  }

  /// The rest of grad's options.
  @Test func otherOptionsOfGrad() {
    #expect(grad("grad m.bp --check --format json")?.checks == true)
    #expect(grad("grad m.bp --check --format json")?.format == .json)
    #expect(grad("grad m.bp --emit-ir -o -")?.emission == .ir)
    #expect(grad("grad m.bp --emit-ir -o -")?.output == .standardOutput)
    #expect(grad("grad m.bp --show swift --name M")?.namespace == "M")
    #expect(grad("grad m.bp --emit-swift")?.access == nil)
    #expect(grad("grad m.bp --emit-swift --access public")?.access == .public)
    let module = grad("grad m.bp --emit-swift --folder . --beside a.bp --beside b.bp")
    #expect(module?.folder == "." && module?.beside == ["a.bp", "b.bp"])
  }

  /// The other commands.
  @Test func otherCommands() {
    let session = ParsedArguments.run(.repl(ReplArguments(GatheredArguments())))
    #expect(parse("repl") == session)
    #expect(parse("repl --color never") != session)
    guard case .run(.check(let arguments)) = parse("check a.bp -q - b") else {
      Issue.record("check was not understood")
      return
    }
    #expect(arguments.files == [.file("a.bp"), .standardInput, .file("b")])
    #expect(arguments.verbosity == .quiet)
  }

  /// Help explains codes and parts of the language when it runs, and commands at once.
  @Test func helpTopics() {
    #expect(parse("help BP0012") == .run(.help(.code("BP0012"))))
    #expect(parse("help bp0012") == .run(.help(.code("BP0012"))))
    #expect(parse("help functions") == .run(.help(.functions)))
    #expect(parse("help operations") == .run(.help(.operations)))
    #expect(printed("help grad") == printed("grad --help"))
    #expect(printed("help") == printed("--help"))
  }

  /// Without arguments there is a session on a terminal, and a script on a pipe.
  @Test func noArguments() {
    #expect(parseArguments([], isTerminal: true) == parse("repl"))
    #expect(parseArguments([], isTerminal: false) == parse("eval -"))
  }

  /// What cannot be a command is evaluated.
  @Test(arguments: [
    "model.bp x=1 --all", "./model", "-", "x=1 m", "-e x", "--expression=x", "-ex", "-v m.bp",
    "--format json m.bp", "-- -x",
  ])
  func evalIsTheDefault(_ line: String) {
    #expect(eval(line) != nil)
    #expect(parse(line) == parse("eval \(line)"))
  }
}
