import BPIR
import BPInterp
import BPLexer

extension Diagnostic {
  /// Creates the error that says what ended a run of `source` under `limits`.
  package init(_ trap: Trap, _ limits: RunLimits, _ precision: Precision, in source: Source) {
    switch trap.reason {
    case .index(let index, let size): self = .wrongIndex(index, size: size, at: trap.span)
    case .integer(let value) where value.isNaN && source.isRange(trap.span):
      self.init(.wrongIndex, "a step of 0 gets nowhere", at: trap.span)
    case .integer(let value): self = .inexactInteger(value, precision, at: trap.span, in: source)
    case .turnNumber: self = .turnsBeyondFloat32(at: trap.span)
    case .memory(let claim, let bytes, let enough):
      self = .memoryExceeded(claim, bytes, enough, limits, in: source)
    case .turns(let count): self = .tooManyTurns(count, at: trap.span)
    case .calls(let count): self = .tooManyCalls(count, at: trap.span)
    case .interrupted:
      let place = trap.span == .none ? "" : " here"
      self.init(.runStopped, "the run was interrupted\(place)", at: trap.span)
    }
  }

  private static func wrongIndex(_ index: Int, size: Int, at span: Span) -> Diagnostic {
    Diagnostic(.wrongIndex, "index \(index) is outside: there are \(size) elements", at: span)
  }

  private static func inexactInteger(
    _ value: Double, _ precision: Precision, at span: Span, in source: Source
  ) -> Diagnostic {
    if value.isNaN {
      return Diagnostic(
        .integerOverflow, "the remainder of a division by 0 is no integer", at: span)
    }
    let isDouble = precision == .float64
    // Where a name alone is computed, that is the counter of a loop.
    let name = source.isName(span) ? "the counter '\(source.text(span))'" : "this integer"
    return Diagnostic(
      .integerOverflow,
      isDouble
        ? "this integer is beyond ±2^53"
        : "\(name) is beyond ±2^24, where the integers of Float32 end",
      at: span,
      help: isDouble
        ? "multiply by 1.0 to go on with real numbers" : "'--precision float64' has them to 2^53")
  }

  /// Returns an error for a loop whose turns Float32 does not count any further.
  private static func turnsBeyondFloat32(at span: Span) -> Diagnostic {
    Diagnostic(
      .integerOverflow, "this loop takes more than 2^24 turns, and Float32 counts no further",
      at: span, help: "with '--precision float64' it is counted to 2^53")
  }

  /// Returns an error for a loop in which the run took the last turn that it may.
  private static func tooManyTurns(_ count: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .runStopped,
      "the loops of the run took \(count) \(count == 1 ? "turn" : "turns"), and this one goes on",
      at: span, help: "is there an end to it? '--max-steps' lets a run take more")
  }

  /// Returns an error for a function that is called when the run took the last call that it may.
  private static func tooManyCalls(_ count: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .runStopped,
      "the run took \(count) turns of loops and calls of functions, and goes on", at: span,
      help: "do functions call each other too often? '--max-steps' lets a run take more")
  }

  /// Returns an error for a value that does not fit into what a run may hold.
  private static func memoryExceeded(
    _ claim: MemoryClaim?, _ bytes: Int, _ enough: Int, _ limits: RunLimits, in source: Source
  ) -> Diagnostic {
    let all = bytes.adding(limits.heldBeside)
    let rest = "the run would hold \(all.asByteCount), and may hold \(limits.memory.asByteCount)"
    return Diagnostic(
      .memoryExceeded, claim.map { "with \($0.text(in: source)) \(rest)" } ?? rest,
      at: claim?.span ?? .none,
      help: "'--memory \(enough.adding(limits.heldBeside).asMemoryOption)' lets it hold more")
  }

  /// Returns an error for a program that is too large once the calls that do not share functions are
  /// expanded.
  package static func programTooLarge(_ size: Int) -> Diagnostic {
    Diagnostic(
      .programTooLarge,
      "with its calls expanded the program has more than \(Module.largestExpansion) operations",
      at: .none)
  }
}

extension MemoryClaim {
  /// The name of the value, or its text, and its shape.
  fileprivate func text(in source: Source) -> String {
    let text = name ?? source.text(span)
    let isShort = !text.isEmpty && text.count <= 40 && !text.contains("\n")
    if copies > 1 {
      let value = isShort ? "'\(text)'" : "a value"
      return "\(copies) values of \(value)" + (type.isScalar ? "" : " of shape \(type.shape)")
        + " kept for the derivatives"
    }
    if type.isScalar { return isShort ? "'\(text)'" : "a number" }
    return (isShort ? "'\(text)' of" : "an array of") + " shape \(type.shape)"
  }
}

extension Source {
  /// Whether the text at `span` is a name.
  fileprivate func isName(_ span: Span) -> Bool {
    tokenize(self).tokens.tokens.contains { $0.kind == .name && $0.span == span }
  }

  /// Whether the text at `span` is a range, and no expression with ranges in its brackets.
  fileprivate func isRange(_ span: Span) -> Bool {
    var depth = 0
    for token in tokenize(self).tokens.tokens
    where span.start <= token.span.start && token.span.end <= span.end {
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace: depth += 1
      case .rightParenthesis, .rightBracket, .rightBrace: depth -= 1
      case .rangeBelow, .rangeThrough: if depth == 0 { return true }
      default: break
      }
    }
    return false
  }
}
