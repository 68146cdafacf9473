/// The form of a result.
enum OutputFormat: String, CaseIterable, Sendable {
  /// For people.
  case text
  /// For programs.
  case json
  /// For tables.
  case csv
  /// For NumPy.
  case npy
}

/// A stage of the compilation.
enum Stage: String, CaseIterable, Sendable {
  /// The tokens.
  case tokens
  /// The syntax tree.
  case syntax
  /// The program as lowered.
  case ir
  /// The program after the passes.
  case optimized
  /// The gradient.
  case gradient
  /// The gradient as the interpreter runs it.
  case bytecode
  /// The gradient in Swift.
  case swift
  /// The work that each of them takes.
  case cost
}

/// How much is said besides results and errors.
enum Verbosity: Equatable, Sendable {
  /// Nothing.
  case quiet
  /// Warnings.
  case normal
  /// What is done, too.
  case verbose

  /// Creates the verbosity that `arguments` ask for.
  init(_ arguments: GatheredArguments) {
    self = arguments.has("verbose") ? .verbose : arguments.has("quiet") ? .quiet : .normal
  }
}
