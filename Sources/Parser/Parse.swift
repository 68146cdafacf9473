import BPLexer

/// Returns the syntax tree of `source`, and what is wrong with its characters and its grammar.
///
/// Any bytes give a tree: a statement that cannot be read is left out of it, but for the names that
/// it was to define.
package func parse(_ source: Source) -> (tree: SyntaxTree, diagnostics: [Diagnostic]) {
  let (tokens, mistakes) = tokenize(source)
  var grammar = Grammar(tokens, of: source)
  grammar.program()
  if mistakes.haveErrors { grammar.tree.isComplete = false }
  // A character that was skipped often makes its statement unreadable too: one mistake, one error.
  let lines = Set(mistakes.map { source.line(at: $0.span.start) })
  let others = grammar.diagnostics.filter { !lines.contains(source.line(at: $0.span.start)) }
  return (grammar.tree, mistakes + others)
}
