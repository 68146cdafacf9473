import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

extension Session {
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
}
