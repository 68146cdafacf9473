import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

/// What a session of the REPL has so far: the statements that were entered, and the numbers that
/// leaves were bound to.
struct Session {
  /// The statements, a line each or more.
  private(set) var text = ""
  /// The numbers of the leaves.
  private(set) var numbers: [String: Tensor] = [:]
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

  /// Enters statements or an expression and returns what is to be said.
  ///
  /// `a = 1` for a name that what was entered waits for is its value; among other statements, too.
  mutating func enter(_ entry: String) -> Reply {
    guard entry.contains(where: { !$0.isWhitespace }) else { return Reply() }
    let statements = Source(name: "<repl>", text: entry).statementTexts
    if statements.count == 1, let reply = bind(entry) { return reply }
    let reply = define(entry)
    guard !reply.complaint.isEmpty, !statements.isEmpty else { return reply }
    return enter(statements) ?? reply
  }

  /// Adds statements to those before.
  private mutating func define(_ entry: String) -> Reply {
    let candidate = text + entry + "\n"
    let compilation = compiler.compile(Source(name: "<repl>", text: candidate))
    // A definition of a function alone has no result, and a session may start with one.
    let diagnostics = compilation.diagnostics.filter { $0.code != .noResult }
    guard !diagnostics.haveErrors else { return complaint(diagnostics, candidate) }
    text = candidate
    guard let module = compilation.module, introducesValue(entry) else { return Reply() }
    return results(module)
  }

  /// Enters statements one after another, some of which are values of names that others wait for; nil, and
  /// nothing is entered, where one cannot be.
  private mutating func enter(_ statements: [String]) -> Reply? {
    var next = self
    var bound = ""
    var last = Reply()
    for statement in statements.flatMap(next.bindings) {
      if let line = next.bind(statement) {
        guard line.complaint.isEmpty else { return line }
        bound += line.output.prefix { $0 != "\n" } + "\n"
        last = Reply()
      } else {
        last = next.define(statement)
        guard last.complaint.isEmpty else { return nil }
      }
    }
    guard !bound.isEmpty else { return nil }
    self = next
    let module = compiler.compile(source).module
    return Reply(output: bound + (module.map(results) ?? Reply()).output)
  }

  /// Returns `a, b = 1, 2` as a value for each name, and another statement as it is.
  private func bindings(_ statement: String) -> [String] {
    let sides = statement.split(separator: "=").map { $0.split(separator: ",").map(String.init) }
    guard sides.count == 2, sides[0].count == sides[1].count,
      sides[1].allSatisfy({ Double($0.trimmed) != nil })
    else { return [statement] }
    return zip(sides[0], sides[1]).map { "\($0.trimmed) = \($1.trimmed)" }
  }

  /// Whether an entry is more than definitions of functions and declarations.
  private func introducesValue(_ entry: String) -> Bool {
    let module = compiler.compile(Source(name: "<repl>", text: entry))
    guard module.diagnostics.allSatisfy({ $0.code != .noResult }) else { return false }
    return module.tree.hasValues
  }

  /// Takes `x = 1` for a leaf x of what was entered before as the number to run with.
  private mutating func bind(_ entry: String) -> Reply? {
    guard let module = compiler.compile(source).module, let equals = entry.firstIndex(of: "=")
    else { return nil }
    let name = entry[..<equals].filter { !$0.isWhitespace }
    guard let leaf = module.leaves.first(where: { $0.name == name && $0.kind != .literal }) else {
      return nil
    }
    let value: Tensor
    var bound = numbers
    do throws(ProgramFailure) {
      let text = String(entry[entry.index(after: equals)...])
      guard let constant = try Bindings.constant(text, compiler) else { return nil }
      value = constant
      bound[leaf.name] = value
      var binder = Binder(module, source, compiler)
      try binder.bind(bound)
    } catch {
      return Reply(complaint: error.line)
    }
    numbers = bound
    let shown = ShownValue(name: leaf.name, tensor: value, element: leaf.type.element)
    let reply = results(module)
    return Reply(output: shown.line(all: false) + reply.output, complaint: reply.complaint)
  }

  /// Returns the values of what was entered last, or the names that they wait for.
  private func results(_ module: Module) -> Reply {
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

  private func unbound(_ module: Module) -> [String] {
    module.leaves.filter { !$0.hasDefault && numbers[$0.name] == nil }.map(\.name)
  }

  private func bindings(_ module: Module) throws(ProgramFailure) -> Bindings {
    var binder = Binder(module, source, compiler)
    try binder.bind(numbers)
    return try binder.bindings()
  }

  private func complaint(_ diagnostics: [Diagnostic], _ text: String) -> Reply {
    let source = Source(name: "<repl>", text: text)
    return Reply(complaint: DiagnosticRendering(source: source).render(diagnostics))
  }
}

// MARK: - Questions

extension Session {
  /// Compiles what was entered with `expression` as its result.
  private func module(ending expression: String) -> (module: Module?, reply: Reply) {
    let candidate = text + expression + "\n"
    let compilation = compiler.compile(Source(name: "<repl>", text: candidate))
    return (compilation.module, complaint(compilation.diagnostics, candidate))
  }

  /// Returns the type of `expression`.
  func type(of expression: String) -> Reply {
    let (module, reply) = module(ending: expression)
    guard let module else { return reply }
    let types = module.main.results.map { module.main.type(of: $0).description }
    return Reply(output: types.joined(separator: ", ") + "\n")
  }

  /// Returns the derivatives of `expression`, or of what was entered last.
  func gradient(of expression: String) -> Reply {
    let (module, reply) = module(ending: expression)
    guard let module else { return reply }
    let missing = unbound(module)
    guard missing.isEmpty else {
      return Reply(complaint: "no value for \(missing.joined(separator: ", "))\n")
    }
    do throws(ProgramFailure) {
      let objective = try Objective(module, of: nil, wrt: [])
      let differentiation = Differentiation(
        compiler.compile(source), module, objective, compiler, order: .gradient)
      let bindings = try bindings(module)
      let derivatives = try DerivativeRun(differentiation, bindings).derivatives(bindings)
      return Reply(output: derivatives.text(all: false))
    } catch {
      return Reply(complaint: error.line)
    }
  }

  /// Returns the names that have values.
  func variables() -> Reply {
    guard let module = compiler.compile(source).module else { return Reply() }
    guard unbound(module).isEmpty else {
      let names = module.namedValues.map(\.name)
      return Reply(output: names.map { "\($0)\n" }.joined())
    }
    do throws(ProgramFailure) {
      let values = try Evaluation(module, all: true)
        .values(bindings(module), compiler, source)
      let named = values.dropFirst(module.resultNames.count)
      return Reply(output: named.map { $0.line(all: false) }.joined())
    } catch {
      return Reply(complaint: error.line)
    }
  }
}

extension ProgramFailure {
  /// What the dialogue says of it.
  fileprivate var line: String {
    let text = source.map { DiagnosticRendering(source: $0).render(diagnostics) } ?? ""
    let command = CommandFailure(self).message
    return text + (command.isEmpty ? "" : command + "\n")
  }
}
