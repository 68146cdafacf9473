import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

extension Session {
  /// Returns a line of the tool for what was entered: a command, the program, the numbers that names were
  /// given, and what follows in `argument`, which may begin with an expression.
  func toolLine(_ command: [String], _ argument: String) -> [String] {
    let words = argument.shellWords
    let start = words.firstIndex { $0.isOption || $0.isBinding } ?? words.count
    let expression = words[..<start].joined(separator: " ")
    let own = words[start...].compactMap { Binding($0)?.name }
    let bindings = numbers.filter { !own.contains($0.key) }.sorted { $0.key < $1.key }
    return command + ["-e", text + expression]
      + bindings.map { "\($0.key)=\(literal($0.value))" } + words[start...]
  }

  /// Returns an array as programs write it, with all digits.
  func literal(_ tensor: Tensor) -> String {
    Expression.array(shape: tensor.shape, elements: tensor.values).description
  }

  /// Returns what to say to a word that other dialogues know; nil where it is a name of this one, or no such
  /// word.
  func hint(_ entry: String) -> String? {
    let word = entry.prefix { $0.isLetter || $0 == "?" }
    guard ["", "()"].contains(entry.dropFirst(word.count)) else { return nil }
    let known = compiler.compile(source).module?.namedValues.contains { $0.name == word }
    guard known != true else { return nil }
    switch word {
    case "help", "?": return "':help' lists the commands\n"
    case "quit", "exit", "q": return "':quit' leaves, and so does Ctrl-D\n"
    default: return nil
    }
  }

  /// The names that an entry may use, for completion.
  var words: [String] {
    let module = Compiler().compile(Source(name: "<repl>", text: text)).module
    let own = (module?.namedValues.map(\.name) ?? []) + (module?.functions.map(\.name) ?? [])
    return own.filter { $0 != "main" } + OpTable.functions.keys + ArrayFunctions.all.map(\.name)
      + ["param", "input", "for", "while", "if", "else", "break", "continue", "return"]
  }

  /// Returns how long the value and the derivatives of `expression` take.
  func time(of expression: String) -> Reply {
    let clock = ContinuousClock()
    var reply = Reply()
    let duration = clock.measure { reply = gradient(of: expression) }
    guard reply.complaint.isEmpty else { return reply }
    return Reply(output: "compiled and differentiated in \(duration)\n")
  }
}

extension String {
  /// The words between blanks; in quotes blanks are part of a word.
  fileprivate var shellWords: [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in self {
      // A prime after a name is a derivative.
      let opens = character == "\"" || (character == "'" && word == nil)
      if character == quote {
        quote = nil
      } else if quote == nil, opens {
        quote = character
        word = word ?? ""
      } else if quote == nil, character.isWhitespace {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }

  /// Whether the word is a name, `=` and a value.
  fileprivate var isBinding: Bool { Binding(self) != nil && !contains("==") }
}
