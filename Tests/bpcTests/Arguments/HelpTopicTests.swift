import BPIR
import BPLexer
import BackpropCompiler
import Testing

@testable import bpc

/// What `bpc help` says of functions and of parts of the language.
struct HelpTopicTests {
  /// A function has its signature, what it computes, and its derivative.
  @Test func function() {
    #expect(
      HelpTopic("sigmoid")?.text == """
        sigmoid(x)
          The logistic function 1 / (1 + exp(-x)).
          = where(0 <= x, 1 - exp(-abs(x)) / (1 + exp(-abs(x))), exp(-abs(x)) / (1 + exp(-abs(x))))
        Its derivative:
          d/dx = sigmoid_slope(x)
          where sigmoid_slope(x) = sigmoid(x) * (1 - sigmoid(x))

        """)
    #expect(
      HelpTopic("exp")?.text
        == "exp(x)\n  e to the power x.\nIts derivative, where y is its value:\n  d/dx = y\n")
  }

  /// Each function that `bpc help functions` lists has a page, and each chapter can be asked for by its words.
  @Test func all() {
    let listed = HelpTopic.functions.text.split(separator: "\n").compactMap { line in
      line.firstMatch(of: #/^([a-z]\w*)\(/#).map { String($0.1) }
    }
    #expect(listed.count > 70)
    for name in listed { #expect(HelpTopic(name) == .function(name)) }
    for chapter in HelpChapter.all {
      for word in [chapter.word] + chapter.synonyms where !["where", "hessian"].contains(word) {
        #expect(HelpTopic(word)?.text == chapter.page, "\(word)")
      }
    }
  }

  /// The examples are programs without mistakes, and no line is wider than a terminal with some room.
  @Test func examples() {
    for chapter in HelpChapter.all {
      let diagnostics = Compiler().compile(Source(name: chapter.word, text: chapter.example))
        .diagnostics
      #expect(diagnostics.isEmpty, "\(chapter.word): \(diagnostics)")
      let isNarrow = chapter.page.split(separator: "\n").allSatisfy { $0.count <= 105 }
      #expect(isNarrow, "\(chapter.word)")
    }
  }

  /// What is called differently elsewhere is known.
  @Test func suggestions() {
    #expect(usageError("help ln").hasPrefix("Error: Unknown topic 'ln'. Did you mean 'log'?"))
    #expect(usageError("help lops").hasPrefix("Error: Unknown topic 'lops'. Did you mean 'loops'?"))
  }
}
