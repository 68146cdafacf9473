import BPInterp

/// What a run may take, as far as the arguments say it.
struct LimitArguments: Equatable, Sendable {
  /// How many turns its loops may take together.
  let maxTurns: Int
  /// How many bytes it may hold, or nil for what the machine allows.
  let memory: Int?

  /// Creates what `arguments` ask for.
  init(_ arguments: GatheredArguments) {
    maxTurns = arguments.count("max-steps") ?? RunLimits.defaultTurns
    memory = arguments.value("memory").flatMap(byteCount)
  }

  /// The limits, with those of the machine where nothing was said.
  var limits: RunLimits {
    RunLimits(maxTurns: maxTurns, memory: memory ?? defaultMemory)
  }
}

/// Returns how many bytes `text` stands for, such as `64M`; nil when it is no size, or none that a
/// machine could have.
func byteCount(_ text: String) -> Int? {
  let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40]
  let unit = text.last.flatMap { units[$0] }
  let digits = unit == nil ? text[...] : text.dropLast()
  guard digits.utf8.allSatisfy({ 48...57 ~= $0 }), let number = wholeNumber(digits) else {
    return nil
  }
  let (bytes, overflow) = number.multipliedReportingOverflow(by: unit ?? 1)
  return overflow ? nil : bytes
}
