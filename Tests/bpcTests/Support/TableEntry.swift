import Testing

@testable import bpc

/// An option with a command that has it.
struct TableEntry: CustomTestStringConvertible {
  /// The command.
  let command: CommandDescription
  /// The option.
  let option: OptionDescription
  /// The two as they are typed.
  var testDescription: String { "\(command.name) \(option.spelling)" }
  /// A command line that lacks only options.
  var line: String { "\(command.name) \(command.requiredArguments)" }
}

extension TableEntry {
  /// Returns a command line that lacks only `option`.
  func line(with option: OptionDescription) -> String {
    let isReplaced = command.positionals.contains { $0.substitute == option.name }
    return isReplaced ? command.name : line + companions(of: option)
  }

  /// Returns the options that `option` needs, as they are typed.
  private func companions(of option: OptionDescription) -> String {
    guard let companion = option.needs.first.flatMap(command.option(named:)) else { return "" }
    let words = [companion.spelling] + companion.sampleValues.prefix(1).filter { !$0.isEmpty }
    return words.map { " \($0)" }.joined() + companions(of: companion)
  }
}

extension CommandDescription {
  /// Arguments that are enough to run the command.
  var requiredArguments: String {
    positionals.filter { !$0.isOptional }.map { _ in "m.bp" }.joined(separator: " ")
  }
}

extension OptionDescription {
  /// Values that the option takes, or nothing if it is a flag.
  var sampleValues: [String] {
    guard let value else { return [""] }
    return switch value.kind {
    case .count, .byteCount, .whole: ["12"]
    case .number: ["0.5"]
    default: completions.isEmpty ? ["some"] : completions
    }
  }

  /// The long name as zsh declares it, with what follows.
  var zshName: String { value == nil ? spelling : "\(spelling)=" }

  /// The names as fish declares them.
  var fishNames: String {
    (short.map { "-s \($0) " } ?? "") + "-l \(name)"
  }
}

extension String {
  /// Whether no shell sees anything special in the text.
  var isPlainWord: Bool {
    !isEmpty && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
  }

  /// Whether the text starts with a capital and ends with a full stop.
  var isSentence: Bool { first?.isUppercase == true && last == "." }

  /// Returns whether `start` is there, with a blank or the end of a line after it.
  func lines(startWith start: String) -> Bool {
    contains("\(start) ") || contains("\(start)\n")
  }

  /// Returns whether the text is a script for bash that offers the option of `entry`.
  func offersInBash(_ entry: TableEntry) -> Bool {
    let lines = split(separator: "\n").drop { !$0.hasSuffix("'\(entry.command.name) -'*)") }
    let words = lines.dropFirst().first?.split { " '".contains($0) } ?? []
    return words.contains { $0 == entry.option.spelling }
  }

  /// Returns the lines of the function for `command`, if the text is a script for zsh.
  func functionOfZsh(_ command: CommandDescription) -> String {
    let lines = split(separator: "\n").drop { $0 != "_bpc_\(command.name)() {" }
    return lines.prefix { $0 != "}" }.joined(separator: "\n")
  }
}
