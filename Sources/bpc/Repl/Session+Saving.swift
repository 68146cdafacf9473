import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

extension Session {
  /// What was entered as a program for a file: with the values of names that wait for some, and without names
  /// that were only looked at.
  var saved: String {
    let statements = Source(name: "<repl>", text: text).statementTexts
    let module = Compiler().compile(source).module
    let declared = Set(
      (module?.leaves ?? []).filter { $0.kind == .parameter || $0.kind == .input }.map(\.name))
    let free = numbers.filter { !declared.contains($0.key) }.sorted { $0.key < $1.key }
    let values = free.map { "\($0.key) = \(literal($0.value))" }
    let kept = statements.enumerated().filter { index, statement in
      index == statements.count - 1
        || !statement.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }
    return (values + kept.map { withValue($0.element) }).map { $0 + "\n" }.joined()
  }

  /// Returns the declaration of a leaf with the value that it has as its default, another statement as it is.
  private func withValue(_ statement: String) -> String {
    let head = statement.prefix { $0 != "=" }
    let words = head.split { $0.isWhitespace || $0 == ":" }
    guard words.count > 1, words[0] == "param" || words[0] == "input",
      let value = numbers[String(words[1])]
    else { return statement }
    return "\(String(head).trimmed) = \(literal(value))"
  }
}
