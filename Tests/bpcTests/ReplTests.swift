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

  @Test func commandsMayBeShortened() {
    #expect(ReplCommand(":q")?.name == .quit)
    #expect(ReplCommand(":e x^2")?.name == .explain)
    #expect(ReplCommand(":grad x^2")?.argument == "x^2")
    #expect(ReplCommand(":gra x^2") == nil)
    #expect(ReplCommand(":nonsense") == nil)
    #expect(ReplCommand(":") == nil)
  }

  @Test func aWrongCommandIsNoEnd() throws {
    let outcome = try Tool.run(["repl"], input: Array(":nonsense\n1 + 1".utf8))
    #expect(outcome.output == "1 + 1 = 2\n")
    #expect(outcome.errors == "unknown command; ':help' lists the commands\n")
  }
}
