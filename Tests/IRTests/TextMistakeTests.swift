import BPIR
import BPLexer
import Foundation
import TestSupport
import Testing

/// What is said about texts that are no IR.
struct TextMistakeTests {
  /// Returns what is said about `text`: line, column, message, and help and notes in brackets.
  private func mistake(_ text: String) -> String {
    mistake(Source(name: "test.ir", text: text))
  }

  private func mistake(_ source: Source) -> String {
    let (functions, diagnostics) = readModule(source)
    #expect(functions.allSatisfy { $0.problems().isEmpty })
    guard diagnostics.count == 1, diagnostics[0].code == .malformedIR else {
      return "\(diagnostics)"
    }
    let diagnostic = diagnostics[0]
    let (line, column) = source.position(at: diagnostic.span.start)
    var text = "\(line):\(column): \(diagnostic.message)"
    if !diagnostic.help.isEmpty { text += " [\(diagnostic.help)]" }
    for note in diagnostic.notes {
      text += " [\(source.position(at: note.span.start).line): \(note.message)]"
    }
    return text
  }

  @Test(arguments: [
    ("", "1:1: the text has no function"),
    ("\n\n", "3:1: the text has no function"),
    ("fun f() {", "1:1: expected 'function', but found 'fun'"),
    ("function", "1:9: expected the name of the function, but the text ends"),
    ("function\n", "1:9: expected the name of the function, but the line ends"),
    ("function f%(", "1:10: expected the name of the function, but found 'f%'"),
    ("function \"f", "1:10: expected the name of the function, but found '\"f'"),
    ("function \"\\x\"()", "1:10: expected the name of the function, but found '\"\\x\"'"),
    (
      "function \"\\u{D800}\"()",
      "1:10: expected the name of the function, but found '\"\\u{D800}\"'"
    ),
    ("function \"\\", "1:10: expected the name of the function, but found '\"\\'"),
    ("function f {", "1:12: expected '(', but found '{'"),
    ("function f(x: real)", "1:12: expected a value such as %0, but found 'x'"),
    ("function f(%0: real)", "1:14: expected the name of the parameter, but found ':'"),
    ("function f(%0 x real)", "1:17: expected ':', but found 'real'"),
    ("function f(%0 x: rael)", "1:18: expected a type, but found 'rael' [did you mean 'real'?]"),
    (
      "function f(%0 x: string)",
      "1:18: expected a type, but found 'string' "
        + "[a type is real, int or bool, perhaps with a shape such as real[n;3]]"
    ),
    ("function f(%0 x: real", "1:22: expected ')', but the text ends"),
    (
      "function f(%0 x: real, %0 y: real) {",
      "1:24: %0 is defined twice [1: the first definition is here]"
    ),
    ("function f()\n", "1:13: expected '{', but the line ends"),
    ("function f() { return 1.0 }", "1:16: expected the end of the line, but found 'return'"),
    ("function f() {\n  return 1.0", "2:13: expected the end of the line, but the text ends"),
    ("function f() {\n  return 1.0\n", "3:1: expected '}', but the text ends"),
    ("function f() {\n  return 1.0\n}\nx", "4:1: expected 'function', but found 'x'"),
    ("function f() {\n  return 1.0\n} x", "3:3: expected the end of the line, but found 'x'"),
    ("function f() {\n  return 1.0\n  return 2.0\n}", "3:3: expected '}', but found 'return'"),
    ("function f() {\n  return 1.0 2.0\n}", "2:14: expected the end of the line, but found '2.0'"),
    (
      "function f() {\n  return 1.0,\n}",
      "2:14: expected a value such as %0 or 1.5, but the line ends"
    ),
  ])
  func form(_ text: String, _ message: String) { #expect(mistake(text) == message) }

  @Test(arguments: [
    ("", "4:1: expected an instruction or 'return', but found '}'"),
    (
      "retrun %0",
      "3:3: expected an instruction or 'return', but found 'retrun' [did you mean 'return'?]"
    ),
    (
      "add %0, %0",
      "3:3: expected an instruction or 'return', but found 'add' "
        + "[its value needs a number: '%0 = add …']"
    ),
    ("%2 add %0, %0", "3:6: expected '=', but found 'add'"),
    ("%x = add %0, %0", "3:3: expected a value such as %0, but found '%x'"),
    (
      "%99999999999999999999 = add %0, %0",
      "3:3: expected a value such as %0, but found '%99999999999999999999'"
    ),
    ("%2 = 3", "3:8: unknown operation '3'"),
    ("%2 = (", "3:8: expected an operation, but found '('"),
    ("%2 = ad %0, %0", "3:8: unknown operation 'ad' [did you mean 'add'?]"),
    ("%2 = multply %0, %0", "3:8: unknown operation 'multply' [did you mean 'multiply'?]"),
    ("%2 = conditional %0", "3:8: unknown operation 'conditional'"),
    ("%2 = add %0, %7", "3:16: %7 is not defined above"),
    ("%2 = add %0, %2", "3:16: %2 is used in its own definition [3: it is defined here]"),
    ("%0 = add %0, %0", "3:3: %0 is defined twice [1: the first definition is here]"),
    ("%2, %2 = sin %0", "3:7: %2 is defined twice [3: the first definition is here]"),
    ("%2, %3 = sin %0", "3:12: 'sin' gives 1 value, not 2"),
    ("%2 = add %0", "3:12: 'add' takes 2 operands, not 1"),
    ("%2 = sin", "3:8: 'sin' takes 1 operand, not 0"),
    ("%2 = sin %0, %0", "3:12: 'sin' takes 1 operand, not 2"),
    ("%2 = mark %0, %0", "3:13: 'mark' takes 1 operand, not 2"),
    ("%2 = max %0", "3:12: 'max' takes at least 2 operands, not 1"),
    ("%2 = add %0, 3", "3:12: 'add' takes numbers of one type, not real, int"),
    ("%2 = add %1, true", "3:12: 'add' takes numbers of one type, not int, bool"),
    ("%2 = sin %1", "3:12: 'sin' takes real, not int"),
    ("%2 = less %0, %1", "3:13: 'less' takes two numbers of one type, not real, int"),
    (
      "%2 = less true, false", "3:13: 'less' takes two numbers of one type, not bool, bool"
    ),
    ("%2 = equal %0, true", "3:14: 'equal' takes two values of one type, not real, bool"),
    ("%2 = and %0, true", "3:12: 'and' takes bool, not real, bool"),
    (
      "%2 = where true, %0, %1",
      "3:14: 'where' takes bool and two values of one type, not bool, real, int"
    ),
    ("%2 = integer_power %0, %0", "3:22: 'integer_power' takes real, int, not real, real"),
    ("%2 = polygamma %0, %0", "3:18: 'polygamma' takes int, real, not real, real"),
    ("%2 = real %0", "3:13: 'real' takes int, not real"),
    ("%2 = sin %0 %0", "3:15: expected the end of the line, but found '%0'"),
    ("%2 = sin %0 # angle", "3:15: expected the end of the line, but found '#'"),
    ("%2 = sin \u{1}", "3:12: expected a value such as %0 or 1.5, but found '\u{FFFD}'"),
  ])
  func instruction(_ line: String, _ message: String) {
    #expect(mistake("function f(%0 x: real, %1 n: int) {\n\n  \(line)\n}\n") == message)
  }

  @Test(arguments: [
    ("1.", "expected a value such as %0 or 1.5, but found '1.'"),
    (".5", "expected a value such as %0 or 1.5, but found '.5'"),
    ("+1.0", "expected a value such as %0 or 1.5, but found '+1.0'"),
    ("1e", "expected a value such as %0 or 1.5, but found '1e'"),
    ("1_000", "expected a value such as %0 or 1.5, but found '1_000'"),
    ("0x1p3", "expected a value such as %0 or 1.5, but found '0x1p3'"),
    ("-nan", "expected a value such as %0 or 1.5, but found '-nan'"),
    ("infinity", "expected a value such as %0 or 1.5, but found 'infinity'"),
    ("%", "expected a value such as %0 or 1.5, but found '%'"),
    ("1e999", "this number is too large for Float64"),
    ("-1e999", "this number is too large for Float64"),
    ("1e-999", "this number is too small for Float64"),
    ("9007199254740994", "this number is beyond ±2^53, where the integers end"),
    ("-99999999999999999999999", "this number is beyond ±2^53, where the integers end"),
    (
      String(repeating: "x", count: 50),
      "expected a value such as %0 or 1.5, but found '\(String(repeating: "x", count: 40))…'"
    ),
  ])
  func number(_ number: String, _ message: String) {
    #expect(mistake("function f() {\n  return \(number)\n}\n") == "2:10: \(message)")
  }

  @Test(arguments: [
    ("%3 = call @0 g %0", "6:18: 'g' takes real, int, not real"),
    ("%3 = call @0 g %0, %0", "6:18: 'g' takes real, int, not real, real"),
    ("%3 = call @0 g", "6:16: 'g' takes real, int, not nothing"),
    ("%3, %4 = call @0 g %0, 1", "6:3: 'g' gives 1 value, not 2"),
    ("call @0 g %0, 1", "6:3: 'g' gives 1 value, not 0"),
    ("%3 = call @0 h %0, 1", "6:16: function @0 is 'g' and not 'h'"),
    ("%3 = call @1 f %0, 1", "6:13: there is no function @1: 1 function stands above this one"),
    ("%3 = call g %0, 1", "6:13: expected the number of a function, such as @0, but found 'g'"),
    ("%3 = call @0 %0, 1", "6:16: expected the name of the function, but found '%0'"),
    (
      "%3 = call @99999999999999999999 g %0, 1",
      "6:13: expected the number of a function, such as @0, but found '@99999999999999999999'"
    ),
  ])
  func call(_ line: String, _ message: String) {
    let callee = "function g(%0 x: real, %1 n: int) {\n  return %0\n}\n\n"
    #expect(mistake("\(callee)function f(%0 x: real) {\n  \(line)\n  return %0\n}\n") == message)
  }

  @Test(arguments: [
    ("%1 = if %0 {", "2:11: 'if' takes a condition, not real"),
    ("%1 = if 1 {", "2:11: 'if' takes a condition, not int"),
    ("%1 = if true", "2:15: expected '{', but the line ends"),
    ("%1 = if true {\nyield 1.0\n}\n", "4:2: expected 'else', but the line ends"),
    (
      "%1 = if true {\nyield 1.0\n} else {\n}\n",
      "5:1: expected an instruction or 'yield', but found '}'"
    ),
    (
      "%1 = if true {\nreturn 1.0\n} else {",
      "3:1: an arm ends in 'yield' and not in 'return' [2: the 'if' is here]"
    ),
    ("yield 1.0", "2:3: a function ends in 'return' and not in 'yield'"),
    (
      "%1 = if true {\nyield\n} else {",
      "3:1: this arm yields 0 values, but its 'if' takes 1 [2: the 'if' is here]"
    ),
    (
      "%1 = if true {\nyield 1.0\n} else {\nyield 1.0, 2.0\n}",
      "5:1: this arm yields 2 values, but its 'if' takes 1 [2: the 'if' is here]"
    ),
    (
      "%1 = if true {\nyield 1.0\n} else {\nyield 1\n}",
      "5:1: this arm yields int, but the one before it real [3: the arm before it yields here]"
    ),
    (
      "%1 = if true {\n%2 = sin %0\nyield %2\n} else {\nyield %2\n}",
      "6:7: %2 belongs to an arm that has ended [an arm hands values out by 'yield'] "
        + "[3: it is defined here]"
    ),
    (
      "%1 = if true {\n%2 = sin %0\nyield %2\n} else {\nyield 1.0\n}\n%3 = sin %2",
      "8:10: %2 belongs to an arm that has ended [an arm hands values out by 'yield'] "
        + "[3: it is defined here]"
    ),
    (
      "%1 = if true {\nyield %1\n} else {\nyield 1.0\n}",
      "3:7: %1 is used in its own definition [2: it is defined here]"
    ),
    (
      "%1 = if true {\n%1 = sin %0",
      "3:1: %1 is defined twice [2: the first definition is here]"
    ),
    ("return %0\nname = %0", "3:6: expected a name, but found '='"),
    ("return %0\nname y %0", "3:8: expected '=', but found '%0'"),
    ("return %0\nname y = %1", "3:10: %1 is not defined above"),
  ])
  func conditionalOrName(_ lines: String, _ message: String) {
    #expect(mistake("function f(%0 x: real) {\n  \(lines)\n}\n") == message)
  }

  @Test func bytesThatAreNoText() {
    let head = Array("function ".utf8)
    let bytes: [UInt8] = head + [0xFF, 0x41] + Array("() {\n".utf8)
    let message = "1:10: expected the name of the function, but found '\u{FFFD}A'"
    #expect(mistake(Source(name: "test.ir", bytes: bytes)) == message)
  }

  @Test func functionsAboveTheMistakeAreReturned() {
    let text = "function f() {\n  return 1.0\n}\nfunction g() {\n  return x\n}\n"
    let (functions, diagnostics) = readModule(Source(name: "test.ir", text: text))
    #expect(functions.map(\.name) == ["f"])
    #expect(diagnostics.count == 1)
  }

  @Test func depth() {
    func nested(_ depth: Int) -> String {
      "function f() {\n" + String(repeating: "if true {\n", count: depth)
        + String(repeating: "yield\n} else {\nyield\n}\n", count: depth) + "return 1.0\n}\n"
    }
    #expect(readModule(Source(name: "test.ir", text: nested(10_000))).diagnostics == [])
    #expect(
      mistake(nested(10_001))
        == "10002:1: more than 10000 conditionals and loops are inside each other")
  }
}
