import BPInterp
import Foundation
import Testing

@testable import bpc

/// The REPL: what a session remembers, and what it answers.
struct ReplTests {
  @Test func aTutorialSession() throws {
    let input = """
      f = sigmoid(c*(a+b))
      a = 1
      b = -2
      c = -3
      :grad f
      :type f > 0
      g(x) =
        x^2
      g(3)
      :vars
      :quit
      1 + 1

      """
    let outcome = try Tool.run(["repl"], input: Array(input.utf8))
    #expect(
      outcome.output == """
        f waits for c, a, b
        a = 1
        f waits for c, b
        b = -2
        f waits for c
        c = -3
        f = 0.9525741268224333
        f = 0.9525741268224333
        df/dc = -0.045176659730912144
        df/da = -0.13552997919273643
        df/db = -0.13552997919273643
        bool
        g(3) = 9
        c = -3
        a = 1
        b = -2
        f = 0.9525741268224333

        """)
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
  }

  @Test func aMistakeChangesNothing() {
    var session = Session()
    #expect(session.enter("a = 2").output == "a = 2\n")
    let reply = session.enter("b = sgmoid(a)")
    #expect(reply.output == "")
    #expect(reply.complaint.contains("did you mean 'sigmoid'?"))
    #expect(session.text == "a = 2\n")
    #expect(session.enter("a^2").output == "a^2 = 4\n")
  }

  @Test func namesMayBeDefinedAgain() {
    var session = Session()
    #expect(session.enter("a = 2").output == "a = 2\n")
    #expect(session.enter("a = a + 1").output == "a = 3\n")
    #expect(session.gradient(of: "a^2").output == "a^2 = 9\nd(a^2)/da = 6\n")
  }

  @Test(arguments: [
    ("a = 1; b = -2; c = -3", "a = 1\nb = -2\nc = -3\nf = 0.9525741268224333\n"),
    ("a, b, c = 1, -2, -3", "a = 1\nb = -2\nc = -3\nf = 0.9525741268224333\n"),
    ("a = 1\nb = -2\nc = -3\ng = 2*f", "a = 1\nb = -2\nc = -3\ng = 1.9051482536448665\n"),
  ])
  func valuesMayBeGivenTogether(_ entry: String, _ output: String) {
    var session = Session()
    #expect(session.enter("f = sigmoid(c*(a+b))").output == "f waits for c, a, b\n")
    #expect(session.enter(entry) == Session.Reply(output: output))
    // Where one of them is wrong nothing is taken.
    let before = session.text
    #expect(session.enter("a = 7; b = sgmoid(1)").complaint.contains("sgmoid"))
    #expect(session.text == before && session.numbers["a"] == Tensor(1))
  }

  @Test func savedSessionsAreProgramsWithTheirValues() {
    var session = Session()
    for entry in ["f = sigmoid(c*(a+b)) + w", "a = 1", "f", "b = -2", "c = -3"] {
      _ = session.enter(entry)
    }
    #expect(session.enter("w = 2").output == "w = 2\nf = 2.9525741268224333\n")
    #expect(session.saved == "a = 1\nb = -2\nc = -3\nw = 2\nf = sigmoid(c*(a+b)) + w\nf\n")
    var declared = Session()
    #expect(declared.enter("param w: [2]").output == "")
    #expect(declared.enter("g = sum(w)").output == "g waits for w\n")
    #expect(declared.enter("w = [1, 2]").output == "w = [1, 2]\ng = 3\n")
    #expect(declared.saved == "param w: [2] = [1, 2]\ng = sum(w)\n")
  }

  @Test func wordsOfOtherDialoguesAreAnswered() throws {
    let input = "help\nquit\nexit()\n?\nquit = 3\nquit\n"
    let outcome = try Tool.run(["repl"], input: Array(input.utf8))
    #expect(outcome.output == "quit = 3\nquit = 3\n")
    #expect(outcome.errors.components(separatedBy: "':quit' leaves").count == 3)
    #expect(outcome.errors.components(separatedBy: "':help' lists").count == 3)
  }

  @Test func entriesMayHaveCommandsAmongThem() throws {
    let input = "g(x) = (\n  x^2\n)\ny = g(t)\nt = 3\n  :grad y\n:nonsense\ny + 1\n"
    let outcome = try Tool.run(["repl"], input: Array(input.utf8))
    #expect(outcome.output == "y waits for t\nt = 3\ny = 9\ny = 9\ndy/dt = 6\ny + 1 = 10\n")
    #expect(outcome.errors == "unknown command; ':help' lists the commands\n")
  }

  @Test func commandsMayBeShortened() {
    #expect(ReplCommand(":q")?.name == .quit)
    #expect(ReplCommand(":e x^2")?.name == .explain)
    #expect(ReplCommand(":grad x^2")?.argument == "x^2")
    #expect(ReplCommand(":gra x^2") == nil)
    #expect(ReplCommand(":nonsense") == nil)
    #expect(ReplCommand(":") == nil)
  }

  /// What `:train` results in stays: declared and free names are bound to it, and numbers in the text become it.
  @Test func trainedValuesStay() throws {
    let input = """
      param a = 0.0
      loss = (a*x - 3)^2
      x = 2
      :train --wrt a --rate 0.125
      loss
      :vars
      a = 0
      :reset
      w = -0.5  # the start
      f = (w - 3)^2
      :train f --wrt w --rate 0.5
      f
      g = z*w
      f
      :train --rate nonsense
      """
    let outcome = try Tool.run(["repl"], input: Array(input.utf8))
    #expect(
      outcome.output == """
        loss waits for x
        x = 2
        loss = 9
        loss = 0
        a = 1.5
        loss = 0
        a = 1.5
        x = 2
        loss = 0
        a = 0
        loss = 9
        w = -0.5
        f = 12.25
        f = 0
        w = 3
        f = 0
        g waits for z
        f waits for z

        """)
    let (first, rest) = ("note: 'a' has this value in the session now\n", "note: 'w' has this")
    #expect(outcome.errors.hasPrefix(first + rest), "\(outcome.errors)")
    #expect(outcome.errors.contains("nonsense"))
  }

  /// What is entered after a training counts, and what is saved is what was trained.
  @Test func trainedTexts() {
    var session = Session()
    _ = session.enter("a = 1; b = 2")
    _ = session.enter("w = [1, -2]  # both")
    _ = session.enter("f = sum(w^2) + a + b")
    let trained = [
      NamedTensor(name: "w", tensor: Tensor(shape: [2], values: [0.5, -0.25])),
      NamedTensor(name: "b", tensor: Tensor(-3)), NamedTensor(name: "a", tensor: Tensor(7)),
    ]
    #expect(session.take(trained) == "'w', 'b', 'a' have these values in the session now")
    #expect(session.text.contains("w = [0.5, -0.25]  # both\n"))
    #expect(session.enter("f").output == "f = 4.3125\n")
    #expect(session.take([]) == nil)
    #expect(session.enter("w = [0, 0]").output == "w = [0, 0]\n")
    #expect(session.enter("sum(w)").output == "sum(w) = 0\n")
  }

  @Test func aWrongCommandIsNoEnd() throws {
    let outcome = try Tool.run(["repl"], input: Array(":nonsense\n1 + 1".utf8))
    #expect(outcome.output == "1 + 1 = 2\n")
    #expect(outcome.errors == "unknown command; ':help' lists the commands\n")
  }
}
