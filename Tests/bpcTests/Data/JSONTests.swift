import BPInterp
import TestSupport
import Testing

@testable import bpc

/// JSON files.
struct JSONTests {
  private func read(_ text: String) throws -> [NamedTensor] {
    try tensors(json: Array(text.utf8), file: "p.json")
  }

  private func value(_ text: String) throws(JSONFailure) -> JSONValue.Content {
    var reader = JSONReader(Array(text.utf8))
    return try reader.document().content
  }

  @Test func namesKeepTheirOrder() throws {
    let tensors = try read("\u{FEFF}{ \"w\": [[1, 2], [3, 4.5]],\r\n\t\"b\" :-1e-3, \"a\":[] }\n")
    #expect(tensors.map(\.name) == ["w", "b", "a"])
    #expect(
      tensors.map(\.tensor) == [
        Tensor(shape: [2, 2], values: [1, 2, 3, 4.5]), Tensor(-0.001),
        Tensor(shape: [0], values: []),
      ])
    #expect(try read("{}") == [])
  }

  @Test func numbersThatAreNotFiniteStandInQuotes() throws {
    let values = try read("{\"x\": [\"NaN\", \"inf\", \"-inf\"]}")[0].tensor.values
    #expect(values[0].isNaN)
    #expect(values[1...] == [.infinity, -.infinity])
  }

  @Test func everyKindOfValueIsRead() throws {
    #expect(try value("null") == .null)
    #expect(try value(" true ") == .boolean(true))
    #expect(try value("false") == .boolean(false))
    #expect(try value("-0.5E+2") == .number(-50))
    #expect(
      try value(#""\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00 é😀""#)
        == .string("\"\\/\u{8}\u{C}\n\r\té😀 é😀"))
    guard case .object(let members) = try value("{\"a\": [{}]}") else {
      Issue.record("this is an object")
      return
    }
    #expect(members.map(\.offset) == [1])
    #expect(members.map(\.value.offset) == [6])
  }

  /// Objects with a mistake, and the message about it.
  static let mistakes: [(text: String, message: String)] = [
    ("", "p.json:1:1: the file is empty"), (" \n", "p.json:2:1: the file is empty"),
    ("[1]", "p.json:1:1: an array stands where an object of names and numbers is due"),
    ("1", "p.json:1:1: a number stands where an object of names and numbers is due"),
    ("{\"x\": 1} 2", "p.json:1:10: '2' follows the end of the value"),
    ("{\"x\": 1", "p.json:1:8: the end of the file stands where ',' or '}' is due"),
    ("{\"x\":", "p.json:1:6: a value is due where the file ends"),
    ("{\"x\": 1,}", "p.json:1:9: '}' stands where a name in quotes is due"),
    ("{\"x\" 1}", "p.json:1:6: '1' stands where ':' is due"),
    ("{x: 1}", "p.json:1:2: 'x' stands where a name in quotes is due"),
    ("{\"x\": [1 2]}", "p.json:1:10: '2' stands where ',' or ']' is due"),
    ("{\"x\": [1,]}", "p.json:1:10: ']' stands where a value is due"),
    ("{\"x\": 1,\n \"x\": 2}", "p.json:2:2: the name 'x' is there twice"),
    ("{\"x\": {\"a\": 1}}", "p.json:1:7: an object stands where a number is due"),
    ("{\"x\": [1, true]}", "p.json:1:11: true stands where a number is due"),
    ("{\"x\": null}", "p.json:1:7: null stands where a number is due"),
    ("{\"x\": \"1\"}", "p.json:1:7: the text '1' stands where a number is due"),
    ("{\"x\": NaN}", "p.json:1:7: NaN is written in quotes in JSON: \"NaN\""),
    ("{\"x\": Infinity}", "p.json:1:7: infinity is written in quotes in JSON: \"inf\""),
    ("{\"x\": -Infinity}", "p.json:1:7: infinity is written in quotes in JSON: \"-inf\""),
    ("{\"x\": nothing}", "p.json:1:7: 'nothing' stands where a value is due"),
    (
      "{\"ŷ\": [[1, 2],\n  [3]]}",
      "p.json:2:3: an array of 1 stands where the elements before it are arrays of 2"
    ),
    ("{\"x\": [1, [2]]}", "p.json:1:11: an array stands where the elements before it are numbers"),
    (
      "{\"😀\": [[2], 1]}",
      "p.json:1:13: a number stands where the elements before it are arrays of 1"
    ),
    (
      "{\"x\": [[], [1]]}",
      "p.json:1:12: an array of 1 stands where the elements before it are arrays of 0"
    ),
    ("{\"x\": 01}", "p.json:1:7: a number begins with a needless 0"),
    ("{\"x\": 1.}", "p.json:1:9: '}' stands where a digit is due"),
    ("{\"x\": -.5}", "p.json:1:8: '.' stands where a digit is due"),
    ("{\"x\": 1e}", "p.json:1:9: '}' stands where a digit is due"),
    ("{\"x\": +1}", "p.json:1:7: '+' stands where a value is due"),
    ("{\"x\": -1e999}", "p.json:1:7: '-1e999' is too large for Float64"),
    ("{\"x", "p.json:1:2: the quote of a string is not closed"),
    ("{\"x\n\": 1}", "p.json:1:4: a control character in a string is written with '\\'"),
    (#"{"\x": 1}"#, "p.json:1:3: a '\\' in a string begins nothing that JSON knows"),
    (#"{"\uD800": 1}"#, "p.json:1:3: a '\\' in a string begins nothing that JSON knows"),
    (#"{"\uDC00": 1}"#, "p.json:1:3: a '\\' in a string begins nothing that JSON knows"),
    (#"{"\u12"#, "p.json:1:3: a '\\' in a string begins nothing that JSON knows"),
    (#"{"\"#, "p.json:1:3: a '\\' in a string begins nothing that JSON knows"),
    ("{\"x\": 1 // one\n}", "p.json:1:9: '/' stands where ',' or '}' is due"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreTold(_ text: String, _ message: String) {
    let error = #expect(throws: DataFailure.self) { try read(text) }
    #expect(error?.message == message)
  }

  @Test func textIsUTF8() {
    let bytes: [UInt8] = Array("{\"".utf8) + [0xC3, 0x28] + Array("\": 1}".utf8)
    let error = #expect(throws: DataFailure.self) { try tensors(json: bytes, file: "p.json") }
    #expect(error?.message == "p.json:1:2: a string is not UTF-8 text")
  }

  @Test func aMillionBracketsAreRefused() throws {
    for bracket in ["[", "{\"x\":"] {
      let text = "{\"x\": " + String(repeating: bracket, count: 1_000_000)
      let error = #expect(throws: DataFailure.self) { try read(text) }
      #expect(error?.message.hasSuffix(": brackets are nested more than 128 deep") == true)
    }
    let deep = String(repeating: "[", count: 127) + "1" + String(repeating: "]", count: 127)
    #expect(try read("{\"x\": \(deep)}")[0].tensor.shape.count == 127)
  }

  @Test func aLongFirstRowTakesNoMemory() {
    let row = "[" + String(repeating: "0,", count: 100_000) + "0]"
    let text = "{\"x\": [\(row)" + String(repeating: ",[]", count: 100_000) + "]}"
    #expect(throws: DataFailure.self) { try read(text) }
  }

  @Test func damagedFilesGetAnAnswer() {
    var generator = SeededGenerator(seed: 9)
    let files =
      JSONTests.mistakes.map { Array($0.text.utf8) }
      + [Array("{\"w\": [[1, 2.5e-3], [\"NaN\", -4]], \"\\u00e9\": 1}".utf8)]
    for _ in 0..<5000 {
      let file = damaged(files, marks: "[]{},:\"\\u0-.eE", &generator)
      let tensors = try? tensors(json: file, file: "p.json")
      _ = tensors?.map { $0.tensor.text() }
    }
  }
}
