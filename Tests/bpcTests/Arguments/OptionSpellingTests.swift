import BackpropCompiler
import Testing

@testable import bpc

/// The ways to write options and their values.
struct OptionSpellingTests {
  /// All ways to write one option mean the same.
  @Test(arguments: [
    "grad m.bp -o a.txt", "grad m.bp -oa.txt", "grad m.bp -o=a.txt", "grad m.bp --output a.txt",
    "grad m.bp --output=a.txt", "grad -o a.txt m.bp", "grad --output=a.txt -- m.bp",
  ])
  func spellings(_ line: String) {
    #expect(grad(line)?.output == .file("a.txt"))
    #expect(parse(line) == parse("grad m.bp -o a.txt"))
  }

  /// Short options may be joined, and the last may have a value.
  @Test func joinedOptions() {
    #expect(parse("grad -vex") == parse("grad -v -e x"))
    #expect(parse("grad m.bp -vo-") == parse("grad m.bp --verbose --output -"))
    #expect(parse("eval -qe=x") == parse("eval -q -e x"))
  }

  /// Flags may be repeated, which changes nothing.
  @Test func repeatedFlags() {
    #expect(parse("eval m.bp --all --all -v -v") == parse("eval m.bp --all -v"))
  }

  /// A value may start with a dash after an equals sign, or if it is a number.
  @Test func valuesWithDashes() {
    #expect(eval("eval --expression=-x")?.source == .expression("-x"))
    #expect(eval("eval -e-x")?.source == .expression("-x"))
    #expect(eval("eval -e -1")?.source == .expression("-1"))
    #expect(eval("eval -e -.5e-3")?.source == .expression("-.5e-3"))
    #expect(eval("eval -e -inf")?.source == .expression("-inf"))
    #expect(grad("grad m.bp -o -")?.output == .standardOutput)
  }

  /// Bindings are split at their first equals sign, and may hold anything after it.
  @Test(arguments: [
    ("x=-1", "x", "-1"), ("b=-2", "b", "-2"), ("_t1=", "_t1", ""), ("ŷ=[1, 2]", "ŷ", "[1, 2]"),
    ("W₁=a=b", "W₁", "a=b"), ("x==1", "x", "=1"), ("x=\u{301}", "x", "\u{301}"),
    ("x=\u{338}1", "x", "\u{338}1"), ("变量=--all", "变量", "--all"),
  ])
  func bindings(_ argument: String, _ name: String, _ text: String) {
    guard
      case .run(.eval(let found)) = parseArguments(["m.bp", argument], isTerminal: true),
      let binding = found.bindings.first
    else {
      Issue.record("\(argument) is no binding")
      return
    }
    #expect(Array(binding.name.utf8) == Array(name.utf8))
    #expect(Array(binding.text.utf8) == Array(text.utf8))
  }

  /// What has no name before its equals sign is no binding.
  @Test(arguments: ["=1", "1x=2", "a.b=1", "./x=1", "a b=1", "-x=1", "x", ""])
  func notBindings(_ argument: String) {
    #expect(Binding(argument) == nil)
  }

  /// Nothing is an option after two dashes.
  @Test func terminator() {
    #expect(eval("eval -- -x")?.source == .input(.file("-x")))
    #expect(eval("eval m.bp -- x=1")?.bindings.map(\.name) == ["x"])
    #expect(usageError("eval m.bp -- --all") == "Error: Unexpected argument '--all'")
  }

  /// Blanks around names in a list do not count.
  @Test func blanksInLists() {
    let parsed = parseArguments(["grad", "m.bp", "--wrt", " a , b"], isTerminal: true)
    #expect(parsed == parse("grad m.bp --wrt a,b"))
  }
}
