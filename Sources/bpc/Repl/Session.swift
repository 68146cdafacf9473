import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

/// What a session of the REPL has so far: the statements that were entered, and the numbers that
/// leaves were bound to.
struct Session {
  /// The statements, a line each or more.
  var text = ""
  /// The numbers of the leaves.
  var numbers: [String: Tensor] = [:]
  let compiler: Compiler

  /// Creates an empty session, whose runs stop when `isInterrupted` says so.
  init(isInterrupted: @escaping @Sendable () -> Bool = { false }) {
    var compiler = Compiler()
    compiler.limits.memory = defaultMemory
    compiler.limits.isInterrupted = isInterrupted
    self.compiler = compiler
  }

  /// What the REPL says after an entry.
  struct Reply: Equatable {
    /// What goes to standard output.
    var output = ""
    /// What goes to standard error.
    var complaint = ""
  }

  /// Returns the values of what was entered last, or the names that they wait for.
  func results(_ module: Module) -> Reply {
    let missing = unbound(module)
    guard missing.isEmpty else {
      let names = missing.joined(separator: ", ")
      return Reply(output: module.resultNames.map { "\($0) waits for \(names)\n" }.joined())
    }
    let evaluation = Evaluation(module, all: false)
    do throws(ProgramFailure) {
      let values = try evaluation.values(bindings(module), compiler, source)
      return Reply(output: values.map { $0.line(all: false) }.joined())
    } catch {
      return Reply(complaint: error.line)
    }
  }

  /// What was entered, as a program.
  var source: Source { Source(name: "<repl>", text: text) }

  /// Makes `value` the number that the leaf `name` is bound to.
  mutating func bind(_ name: String, to value: Tensor) { numbers[name] = value }

  /// Makes `candidate` the statements that were entered, if it is a program, and returns whether it is.
  mutating func replaceText(by candidate: String) -> Bool {
    guard compiler.compile(Source(name: "<repl>", text: candidate)).module != nil else {
      return false
    }
    text = candidate
    return true
  }

  func unbound(_ module: Module) -> [String] {
    module.leaves.filter { !$0.hasDefault && numbers[$0.name] == nil }.map(\.name)
  }

  func bindings(_ module: Module) throws(ProgramFailure) -> Bindings {
    var binder = Binder(module, source, compiler)
    try binder.bind(numbers)
    return try binder.bindings()
  }

  func complaint(_ diagnostics: [Diagnostic], _ text: String) -> Reply {
    let source = Source(name: "<repl>", text: text)
    return Reply(complaint: DiagnosticRendering(source: source).render(diagnostics))
  }
}

extension ProgramFailure {
  /// What the dialogue says of it.
  var line: String {
    let text = source.map { DiagnosticRendering(source: $0).render(diagnostics) } ?? ""
    let command = CommandFailure(self).message
    return text + (command.isEmpty ? "" : command + "\n")
  }
}
