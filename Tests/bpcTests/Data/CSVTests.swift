import BPInterp
import TestSupport
import Testing

@testable import bpc

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// CSV files.
struct CSVTests {
  private let directory = TemporaryDirectory()

  /// Reads `bytes` as a file that comes in pieces of `chunkSize` bytes.
  private func table(
    _ bytes: [UInt8], columns: Set<String>? = nil, chunkSize: Int = 1 << 18
  ) throws -> CSVTable {
    let descriptor = open(directory.path + "/runs.csv", O_RDWR | O_CREAT | O_TRUNC, 0o600)
    defer { close(descriptor) }
    try bytes.withUnsafeBytes { try writeAll($0, to: descriptor) }
    lseek(descriptor, 0, SEEK_SET)
    let input = ChunkedInput(descriptor: descriptor, name: "runs.csv", chunkSize: chunkSize)
    return try CSVTable(input, columns: columns)
  }

  /// Returns the numbers of all columns of `text`, which must not depend on the pieces it comes in.
  private func values(_ text: String) throws -> [[Double]] {
    let tables = try [1, 2, 3, 1 << 18].map { try table(Array(text.utf8), chunkSize: $0) }
    let isSame = tables.allSatisfy { "\($0)" == "\(tables[0])" }
    #expect(isSame)
    return tables[0].columns.map(\.values)
  }

  /// Texts that hold the columns 1, 3 and 2, 4.
  static let spellings = [
    "x,y\n1,2\n3,4\n", "x,y\n1,2\n3,4", "x,y\r\n1,2\r\n3,4\r\n", "x,y\r1,2\r3,4\r",
    "\u{FEFF}x,y\n1,2\n3,4\n", "x;y\n1;2\n3;4\n", "x\ty\n1\t2\n3\t4\n",
    " x , y \n 1 , 2 \n\t3\t,4  \n", "\"x\",\"y\"\n\"1\",2\n3, \"4\" \n",
    "x,y\n1,2\n3,4\n\n\r\n  \n",
    "\n\nx,y\n1,2\n3,4\n", "x;y\r\n\"1\";2\r\n3;4\r\n\r\n", "x,y\n1.0,+2\n3e0,.4E1\n",
  ]

  @Test(arguments: spellings)
  func spellingsOfTheSameTable(_ text: String) throws {
    #expect(try values(text) == [[1, 3], [2, 4]])
    let table = try table(Array(text.utf8))
    #expect(table.header == ["x", "y"])
    #expect(table.rowCount == 2)
  }

  @Test func namesMayHaveSeparatorsQuotesAndLineBreaks() throws {
    let table = try table(Array("\"a,\"\"b\"\"\",\"c\r\nd\",ŷ\n1,2,3\n".utf8))
    #expect(table.header == ["a,\"b\"", "c\r\nd", "ŷ"])
  }

  @Test func onlyColumnsThatAreAskedForHaveToBeNumbers() throws {
    let text = "name,x,note\nAda,1,\"a, \"\"b\"\"\nc\"\n,2,\n"
    let table = try table(Array(text.utf8), columns: ["x", "missing"])
    #expect(table.columns == [.init(name: "x", values: [1, 2])])
    #expect(table.header == ["name", "x", "note"])
    #expect(try self.table(Array(text.utf8), columns: []).rowCount == 2)
  }

  @Test func aHeaderAloneHasNoRows() throws {
    for text in ["x,y", "x,y\n", "x,y\r\n\n"] {
      #expect(try values(text) == [[], []])
    }
  }

  @Test func numbersThatAreNotFinite() throws {
    let columns = try values("x\nnan\nNaN\ninf\n-inf\n+Infinity\n-INF\n")
    #expect(columns[0][..<2].map(\.isNaN) == [true, true])
    #expect(columns[0][2...] == [.infinity, -.infinity, .infinity, -.infinity])
  }

  /// Files with a mistake, and the message about it.
  static let mistakes: [(text: String, message: String)] = [
    ("", "runs.csv: the file is empty"), ("\n \r\n", "runs.csv: the file is empty"),
    ("x,y\n1,2\n3,abc\n", "runs.csv:3: column 'y': 'abc' is no number"),
    ("x,y\n1,2\n3,\n", "runs.csv:3: column 'y': the field is empty"),
    ("x,y\n1,\" \"\n", "runs.csv:2: column 'y': the field is empty"),
    (
      "x,y,z\n1,2\n",
      "runs.csv:2: column 'z': the field is missing, the row has only 2 fields"
    ),
    ("x,y\n1\n", "runs.csv:2: column 'y': the field is missing, the row has only 1 field"),
    ("x,y\n1,2,3,4\n", "runs.csv:2: the row has 4 fields, and the header names 2"),
    ("x\n1\n\n\n2\n", "runs.csv:3: the line is empty, and rows follow"),
    ("x,x\n1,2\n", "runs.csv:1: two columns have the name 'x'"),
    ("x,,z\n1,2,3\n", "runs.csv:1: column 2 has no name"),
    ("x,\n1,2\n", "runs.csv:1: column 2 has no name"),
    ("x\n1e999\n", "runs.csv:2: column 'x': '1e999' is too large for Float64"),
    ("x\n0x10\n", "runs.csv:2: column 'x': '0x10' is no number"),
    ("x\n1 2\n", "runs.csv:2: column 'x': '1 2' is no number"),
    ("x\n1e\n", "runs.csv:2: column 'x': '1e' is no number"),
    ("x\n--1\n", "runs.csv:2: column 'x': '--1' is no number"),
    ("x\n.\n", "runs.csv:2: column 'x': '.' is no number"),
    ("x;y\n1,5;2\n", "runs.csv:2: column 'x': '1,5' is no number; decimals follow a point"),
    ("x,y\n1,\"2\n3,4\n", "runs.csv:2: the quote of a field is not closed"),
    (
      "x,y\n1,\"2\"3\n",
      "runs.csv:2: text follows a closing quote; a quote in a field is written as two"
    ),
    ("n,x\n\"a\r\nb\rc\nd\",1\ne,f\n", "runs.csv:6: column 'x': 'f' is no number"),
    ("x\r1\rb\r", "runs.csv:3: column 'x': 'b' is no number"),
    ("x\0\n1\n", "runs.csv:1: the header is not UTF-8 text"),
    (
      "x\n\(String(repeating: "a", count: 100))\n",
      "runs.csv:2: column 'x': '\(String(repeating: "a", count: 40))…' is no number"
    ),
  ]

  @Test(arguments: mistakes)
  func mistakesAreTold(_ text: String, _ message: String) {
    for chunkSize in [1, 5, 1 << 18] {
      let columns: Set<String>? = text.hasPrefix("n,") ? ["x"] : nil
      let error = #expect(throws: DataFailure.self) {
        try table(Array(text.utf8), columns: columns, chunkSize: chunkSize)
      }
      #expect(error?.message == message)
      #expect(error?.exitCode == .failure)
    }
  }

  @Test func filesThatCannotBeReadAreTold() {
    let error = #expect(throws: DataFailure.self) { try CSVTable(.file("/missing.csv")) }
    #expect(error == .input(.missing("/missing.csv")))
    #expect(error?.message == "cannot read '/missing.csv': there is no such file")
    #expect(throws: DataFailure.input(.isDirectory("/"))) { try CSVTable(.file("/")) }
  }

  @Test func namesAreUTF8() {
    let error = #expect(throws: DataFailure.self) { try table([0xFF, 0xFE, 0x78, 0x0A]) }
    #expect(error?.message == "runs.csv:1: the header is not UTF-8 text")
  }

  @Test func aFieldWithoutEndIsNotHeld() {
    let error = #expect(throws: DataFailure.self) { try CSVTable(.file("/dev/zero")) }
    #expect(
      error?.message
        == "/dev/zero:1: a field has more than 16777216 bytes; perhaps a quote is not closed")
  }

  @Test func manyRows() throws {
    let rows = (0..<50_000).map { "\($0),\(Double($0) / 7)\n" }.joined()
    let table = try table(Array(("i,x\n" + rows).utf8))
    #expect(table.columns[0].values == (0..<50_000).map(Double.init))
    #expect(table.columns[1].values == (0..<50_000).map { Double($0) / 7 })
  }

  @Test func damagedFilesGetAnAnswer() throws {
    var generator = SeededGenerator(seed: 6)
    let files = (CSVTests.spellings + CSVTests.mistakes.map(\.text)).map { Array($0.utf8) }
    for _ in 0..<400 {
      let file = damaged(files, marks: ",;\"\r\n\t 1.e-", &generator)
      let whole = Result { try table(file) }
      let pieces = Result { try table(file, chunkSize: 1) }
      #expect("\(whole)" == "\(pieces)")
    }
  }
}
