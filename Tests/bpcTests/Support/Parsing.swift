@testable import bpc

/// Returns what the words of `line` ask for, when a terminal is there.
func parse(_ line: String) -> ParsedArguments {
  parseArguments(line.split(separator: " ").map(String.init), isTerminal: true)
}

/// Returns the text that `line` prints, or nothing if it asks for something else.
func printed(_ line: String) -> String {
  guard case .print(let text) = parse(line) else { return "" }
  return text
}

/// Returns the error of `line` without the usage, or nothing if there is none.
func usageError(_ line: String) -> String {
  usageError(line.split(separator: " ").map(String.init))
}

/// Returns the error of `arguments` without the usage, or nothing if there is none.
func usageError(_ arguments: [String]) -> String {
  guard case .usageError(let text) = parseArguments(arguments, isTerminal: true) else { return "" }
  let lines = text.split(separator: "\n").prefix { !$0.hasPrefix("Usage: ") }
  return lines.joined(separator: "\n")
}

/// Returns the arguments of `bpc eval` that `line` asks to run.
func eval(_ line: String) -> EvalArguments? {
  guard case .run(.eval(let arguments)) = parse(line) else { return nil }
  return arguments
}

/// Returns the arguments of `bpc grad` that `line` asks to run.
func grad(_ line: String) -> GradArguments? {
  guard case .run(.grad(let arguments)) = parse(line) else { return nil }
  return arguments
}
