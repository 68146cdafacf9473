import BPIR
import BPInterp
import BPLexer

extension Diagnostic {
  /// Creates the error that says what ended a run of `source` under `limits`.
  init(_ trap: Trap, _ limits: RunLimits, in source: Source) {
    switch trap.reason {
    case .index(let index, let size): self = .wrongIndex(index, size: size, at: trap.span)
    case .integer(let value): self = .inexactInteger(value, at: trap.span)
    case .memory(let claim, let bytes): self = .memoryExceeded(claim, bytes, limits, in: source)
    case .turns(let count): self = .tooManyTurns(count, at: trap.span)
    case .interrupted:
      self.init(.runStopped, "the run was interrupted here", at: trap.span)
    }
  }

  private static func wrongIndex(_ index: Int, size: Int, at span: Span) -> Diagnostic {
    Diagnostic(.wrongIndex, "index \(index) is outside: there are \(size) elements", at: span)
  }

  private static func inexactInteger(_ value: Double, at span: Span) -> Diagnostic {
    Diagnostic(
      .integerOverflow,
      value.isNaN
        ? "the remainder of a division by 0 is no integer" : "this integer is beyond ±2^53",
      at: span, help: value.isNaN ? "" : "multiply by 1.0 to go on with real numbers")
  }

  /// Returns an error for a loop in which the run took the last turn that it may.
  private static func tooManyTurns(_ count: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .runStopped,
      "the loops of the run took \(count) \(count == 1 ? "turn" : "turns"), and this one goes on",
      at: span, help: "is there an end to it? '--max-steps' lets a run take more")
  }

  /// Returns an error for a value that does not fit into what a run may hold.
  private static func memoryExceeded(
    _ claim: MemoryClaim?, _ bytes: Int, _ limits: RunLimits, in source: Source
  ) -> Diagnostic {
    let rest = "the run would hold \(bytes.asByteCount), and may hold \(limits.memory.asByteCount)"
    return Diagnostic(
      .memoryExceeded, claim.map { "with \($0.text(in: source)) \(rest)" } ?? rest,
      at: claim?.span ?? .none, help: "'--memory \(bytes.asMemoryOption)' lets it hold more")
  }

  /// Returns an error for a program whose calls expand to too much.
  static func programTooLarge(_ size: Int) -> Diagnostic {
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
    return (isShort ? "'\(text)' of" : "an array of") + " shape \(type.shape)"
  }
}

extension Int {
  /// The number of bytes as `--memory` takes it, rounded up.
  fileprivate var asMemoryOption: String {
    let units = ["", "K", "M", "G"]
    var (number, unit) = (self, 0)
    while number >= 1 << 14, unit < 3 {
      number = (number - 1) >> 10 + 1
      unit += 1
    }
    return "\(number)\(units[unit])"
  }
}
