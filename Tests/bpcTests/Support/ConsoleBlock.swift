/// A block of a document that shows commands, or the lines of a session, with what they print.
struct ConsoleBlock {
  /// Something typed and what is shown after it.
  struct Step {
    /// The lines that are typed, with their prompts.
    var typed: [String]
    /// The lines that are shown; a line `…` stands for any number of lines.
    var shown: [String] = []
  }

  /// The steps in order.
  private(set) var steps: [Step] = []

  /// Creates the block with `lines`, or nil where the first line has no prompt.
  init?(_ lines: some Sequence<String>) {
    for line in lines {
      if line.hasPrefix("...> "), !steps.isEmpty {
        steps[steps.count - 1].typed.append(line)
      } else if line.hasPrefix("$ ") || line.hasPrefix("bpc> ") {
        steps.append(Step(typed: [line]))
      } else if steps.isEmpty {
        return nil
      } else {
        steps[steps.count - 1].shown.append(line)
      }
    }
  }

  /// Returns the same block with what the tool prints, where that is not what is shown.
  func renewed() throws -> [String] {
    var session = ""
    var printed = (output: "", errors: "")
    return try steps.flatMap { step in
      var outcome: Tool.Outcome
      if step.typed[0].hasPrefix("$ ") {
        session = ""
        outcome = try run(step.typed[0])
        printed = ("", "")
      } else {
        session += step.typed.map { $0.dropFirst(5) + "\n" }.joined()
        outcome = try Tool.run(["repl"], input: Array(session.utf8))
      }
      let text =
        outcome.output.dropFirst(printed.output.count)
        + outcome.errors.dropFirst(printed.errors.count)
      printed = (outcome.output, outcome.errors)
      let lines = text.isEmpty ? [] : text.split(separator: "\n", omittingEmptySubsequences: false)
      let observed = lines.dropLast(text.hasSuffix("\n") ? 1 : 0).map(String.init)
      return step.typed + (step.shows(observed) ? step.shown : observed)
    }
  }

  /// Runs the command in `line`; a session starts without printing anything.
  private func run(_ line: String) throws -> Tool.Outcome {
    let words = shellWords(line.dropFirst(2))
    guard words.first == "bpc" else {
      return Tool.Outcome(status: 1, output: "", errors: "this is no command of bpc\n")
    }
    return try Tool.run(Array(words.dropFirst()))
  }
}

extension ConsoleBlock.Step {
  /// Whether what is shown stands for the lines that were `observed`.
  func shows(_ observed: [String]) -> Bool {
    let pieces = shown.split(separator: "…", omittingEmptySubsequences: false)
    guard pieces.count > 1 else { return shown == observed }
    guard observed.starts(with: pieces[0]) else { return false }
    var rest = observed[pieces[0].count...]
    for piece in pieces[1...].dropLast() {
      while !rest.starts(with: piece) {
        if rest.popFirst() == nil { return false }
      }
      rest = rest.dropFirst(piece.count)
    }
    let last = pieces[pieces.count - 1]
    return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
  }
}

/// Returns the words of a command line as a shell splits it, quotes taken off.
func shellWords(_ line: some StringProtocol) -> [String] {
  var words: [String] = []
  var word: String?
  var quote: Character?
  for character in line {
    if character == quote {
      quote = nil
    } else if quote == nil, character == "'" || character == "\"" {
      quote = character
      word = word ?? ""
    } else if quote == nil, character == " " {
      if let finished = word { words.append(finished) }
      word = nil
    } else {
      word = (word ?? "") + String(character)
    }
  }
  return words + (word.map { [$0] } ?? [])
}
