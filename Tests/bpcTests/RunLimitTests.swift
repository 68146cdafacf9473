import Foundation
import Testing

/// What ends runs that take too long or too much.
struct RunLimitTests {
  private static let endless = "x = 1.0\nwhile x > 0 { x = (x + 1)/2 }\nx\n"

  @Test(arguments: ["eval", "grad"])
  func endlessLoops(_ command: String) throws {
    let outcome = try Tool.run(
      [command, "-", "--max-steps", "1000"], input: Array(RunLimitTests.endless.utf8))
    #expect(outcome.status == 1)
    #expect(outcome.output == "")
    #expect(
      outcome.errors.hasPrefix(
        "<stdin>:2:1: error: the loops of the run took 1000 turns, and this one goes on [BP0051]\n"
      ), "\(outcome.errors)")
  }

  @Test func turnsThatAreEnough() throws {
    let text = "x = 1.0; for i in 0..<10 { for j in 0..<9 { x = x + 1 } }; x"
    let outcome = try Tool.run(["eval", "-e", text, "--max-steps", "100"])
    #expect(outcome == Tool.Outcome(status: 0, output: "x = 91\n", errors: ""))
    #expect(try Tool.run(["eval", "-e", text, "--max-steps", "99"]).status == 1)
  }

  /// Ctrl-C stops what runs in a session, which goes on with what was entered before.
  @Test func interruptedSession() throws {
    let lines = "a = 41\n" + RunLimitTests.endless.replacing("\nx\n", with: "\n") + "a + 1\n"
    let process = Process()
    process.executableURL = Tool.path
    process.arguments = ["repl"]
    let (input, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(lines.utf8))
    try input.fileHandleForWriting.close()
    var said = ""
    while !said.contains("x = 1\n") {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { break }
      said += String(decoding: data, as: UTF8.self)
    }
    Thread.sleep(forTimeInterval: 1)
    process.interrupt()
    said += String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaint = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(said == "a = 41\nx = 1\na + 1 = 42\n")
    #expect(complaint.contains("the run was interrupted here [BP0051]"), "\(complaint)")
  }
}
