extension ArgumentGatherer {
  /// Reads an option, with its value if it has one.
  mutating func gatherOption(_ argument: String) {
    if argument.utf8.starts(with: "--".utf8) {
      gatherLongOption(argument)
    } else {
      gatherShortOptions(argument)
    }
  }

  /// Reads `--name`, `--name=value` or `--name value`.
  private mutating func gatherLongOption(_ argument: String) {
    let (spelling, value) = argument.splitAtEquals
    guard let option = command.option(named: spelling.unicodeScalars.dropFirst(2).text) else {
      return reportUnknown(spelling, in: argument)
    }
    gather(option, spelledAs: spelling, attached: value)
  }

  /// Reads short options that may be joined, of which the last may have a value: `-qfjson`.
  private mutating func gatherShortOptions(_ argument: String) {
    var letters = argument.unicodeScalars.dropFirst().text[...]
    while let letter = letters.popFirst() {
      guard let option = command.option(short: letter) else {
        return reportUnknown("-\(letter)", in: argument)
      }
      let takesRest = option.value != nil || letters.unicodeScalars.first == "="
      gather(option, spelledAs: "-\(letter)", attached: takesRest ? letters.attachedValue : nil)
      if takesRest { return }
    }
  }

  /// Reports that the option `spelling` of `argument` does not exist.
  private mutating func reportUnknown(_ spelling: String, in argument: String) {
    // Suggestions take time, which many unknown options would multiply.
    if firstError == nil { report(.unknownOption(spelling, of: argument, for: command)) }
  }

  /// Records `option`, whose value is `attached` or else the next argument.
  private mutating func gather(
    _ option: OptionDescription, spelledAs spelling: String, attached: String?
  ) {
    if request == nil { request = option.request }
    if option.value == nil {
      if let attached { report(.unexpectedValue(attached, for: spelling)) }
      gathered.record(flag: option.name)
    } else if let value = attached ?? nextValue(), attached == nil || !value.isEmpty {
      gather(value, of: option, spelledAs: spelling)
    } else {
      let next = attached == nil ? remaining.first : nil
      report(.missingValue(for: option, spelledAs: spelling, next: next))
    }
  }

  /// Records `value` if `option` takes it.
  private mutating func gather(
    _ value: String, of option: OptionDescription, spelledAs spelling: String
  ) {
    if option.value?.kind.accepts(value) == false {
      report(.invalid(value, for: option, spelledAs: spelling))
    } else if !option.isRepeatable, gathered.has(option.name) {
      report(.repeatedOption(option, spelledAs: spelling))
    }
    gathered.record(value, for: option.name)
  }

  /// Takes the next argument, unless it looks like an option; no option starts with a digit or a point.
  private mutating func nextValue() -> String? {
    guard let next = remaining.first, !next.isOption || next.startsLikeNumber else { return nil }
    return remaining.popFirst()
  }
}

extension String {
  /// Whether the text after `-` starts like a number, as in `-2..2`.
  fileprivate var startsLikeNumber: Bool {
    guard let second = unicodeScalars.dropFirst().first else { return false }
    return second == "." || ("0"..."9").contains(second)
  }

  /// The text before the first `=`, and the text after it if there is one.
  fileprivate var splitAtEquals: (name: String, value: String?) {
    guard let equals = unicodeScalars.firstIndex(of: "=") else { return (self, nil) }
    return (
      unicodeScalars[..<equals].text, unicodeScalars[equals...].dropFirst().text
    )
  }
}

extension Substring {
  /// The value that is joined to a short option, with or without `=`, or nil if there is none.
  fileprivate var attachedValue: String? {
    if isEmpty { return nil }
    return unicodeScalars.first == "=" ? unicodeScalars.dropFirst().text : String(self)
  }
}

extension Substring.UnicodeScalarView {
  /// The scalars as a string.
  fileprivate var text: String { String(self) }
}
