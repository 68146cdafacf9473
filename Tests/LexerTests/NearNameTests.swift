import BPLexer
import TestSupport
import Testing

/// The search for the name that was meant.
struct NearNameTests {
  /// What is meant by some slips among the functions of the language.
  @Test(arguments: [
    ("sgmoid", "sigmoid"), ("sigmiod", "sigmoid"), ("Tanh", "tanh"), ("TANH", "tanh"),
    ("sn", "sin"), ("sofplsu", "softplus"), ("relU", "relu"), ("sigmoid_", "sigmoid"),
    ("logsumexpp", "logsumexp"),
  ])
  func slips(_ name: String, _ meant: String) {
    let functions = ["sigmoid", "sin", "tan", "tanh", "softplus", "relu", "log", "logsumexp"]
    #expect(nearest(to: name, among: functions) == meant)
  }

  /// Nothing is meant by what is too far off, and a name is no suggestion for itself.
  @Test(arguments: ["", "x", "qq", "cosine", "sin", "gradient", "🙂"])
  func strangers(_ name: String) {
    #expect(nearest(to: name, among: ["sin", "f", "softmax", "W1"]) == nil)
  }

  /// The nearest wins, and the first of equals.
  @Test func ties() {
    #expect(nearest(to: "tanx", among: ["tan_y", "tany", "tanh", "tan"]) == "tany")
    #expect(nearest(to: "absolut", among: ["absolu", "absolute"]) == "absolu")
    #expect(nearest(to: "anything", among: [String]()) == nil)
  }

  /// The distances of some pairs.
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("kitten", "sitting", 3),
    ("ab", "ba", 1), ("abcd", "acbd", 1), ("ca", "abc", 3), ("ŷ", "y", 1),
  ])
  func distances(_ first: String, _ second: String, _ distance: Int) {
    let (first, second) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
    #expect(editDistance(first, second, limit: .max) == distance)
    #expect(editDistance(first, second, limit: distance) == distance)
    #expect(editDistance(first, second, limit: distance - 1) == nil)
  }

  /// The band around the diagonal loses nothing: the whole table gives the same distances.
  @Test func agreesWithWholeTable() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<4000 {
      let first = generator.word()
      let second = generator.word()
      let expected = wholeTableDistance(first, second)
      let limit = Int.random(in: 0...6, using: &generator)
      let distance = editDistance(first, second, limit: limit)
      #expect(distance == (expected <= limit ? expected : nil), "\(first) \(second) \(limit)")
    }
  }

  /// Very long names take no quadratic time.
  @Test(.timeLimit(.minutes(1))) func longNames() {
    let name = String(repeating: "ab", count: 100_000)
    #expect(nearest(to: name + "x", among: [name, "ab"]) == name)
    #expect(nearest(to: name, among: [String(repeating: "cd", count: 100_000)]) == nil)
  }
}

/// Returns the distance by the whole table.
private func wholeTableDistance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
  var table = (0...first.count).map { row in (0...second.count).map { row == 0 ? $0 : row } }
  for row in first.indices {
    for column in second.indices {
      let replacement = table[row][column] + (first[row] == second[column] ? 0 : 1)
      var best = min(replacement, table[row][column + 1] + 1, table[row + 1][column] + 1)
      if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
        best = min(best, table[row - 1][column - 1] + 1)
      }
      table[row + 1][column + 1] = best
    }
  }
  return table[first.count][second.count]
}

extension SeededGenerator {
  /// Returns a short word of few letters, so that words are often near each other.
  mutating func word() -> [Unicode.Scalar] {
    (0..<Int.random(in: 0...9, using: &self)).map { _ in
      Bool.random(using: &self) ? "a" : Bool.random(using: &self) ? "b" : "c"
    }
  }
}
