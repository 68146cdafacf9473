import BPInterp
import TestSupport
import Testing

@testable import bpc

/// Files of NumPy's NPY format.
struct NPYTests {
  /// Returns a file with a header of `text`, and `data`.
  private static func file(
    _ text: String, _ data: [UInt8] = [], version: UInt8 = 1
  ) -> [UInt8] {
    let size = text.utf8.count
    let field = (0..<(version == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }
    return NPYHeader.magic + [version, 0] + field + Array(text.utf8) + data
  }

  /// Returns a header for elements of `type` and a shape as Python writes it.
  private static func header(_ type: String, _ shape: String, fortran: String = "False") -> String {
    "{'descr': '\(type)', 'fortran_order': \(fortran), 'shape': \(shape), }          \n"
  }

  /// Types, and the bytes that NumPy 2 writes for 1, -2 (or 2) and 100.
  static let elements: [(type: String, bytes: [UInt8])] = [
    (
      "<f8",
      [0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x59, 0x40]
    ),
    (
      ">f8",
      [0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0x59, 0, 0, 0, 0, 0, 0]
    ),
    ("<f4", [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0xC8, 0x42]),
    (">f4", [0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0, 0x42, 0xC8, 0, 0]),
    (
      "<i8",
      [1, 0, 0, 0, 0, 0, 0, 0, 0xFE, 255, 255, 255, 255, 255, 255, 255, 100, 0, 0, 0, 0, 0, 0, 0]
    ),
    ("<i4", [1, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 100, 0, 0, 0]),
    ("<i2", [1, 0, 0xFE, 0xFF, 100, 0]), ("|i1", [1, 0xFE, 100]), ("<i1", [1, 0xFE, 100]),
    ("|u1", [1, 2, 100]), ("<u2", [1, 0, 2, 0, 100, 0]), (">u2", [0, 1, 0, 2, 0, 100]),
    ("<u4", [1, 0, 0, 0, 2, 0, 0, 0, 100, 0, 0, 0]),
    ("<u8", [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0, 0]),
  ]

  @Test(arguments: elements)
  func elementsOfEveryTypeAreRead(_ type: String, _ bytes: [UInt8]) throws {
    let file = NPYTests.file(NPYTests.header(type, "(3,)"), bytes)
    let expected: [Double] = [1, type.contains("u") ? 2 : -2, 100]
    #expect(try Tensor(npy: file, file: "a.npy") == Tensor(shape: [3], values: expected))
  }

  @Test func conditionsAreZeroAndOne() throws {
    let file = NPYTests.file(NPYTests.header("|b1", "(3,)"), [0, 1, 1])
    #expect(try Tensor(npy: file, file: "a.npy").values == [0, 1, 1])
  }

  @Test func columnMajorOrderIsTurned() throws {
    let data: [UInt8] = [0, 3, 1, 4, 2, 5]
    let file = NPYTests.file(NPYTests.header("|u1", "(2, 3)", fortran: "True"), data)
    #expect(try Tensor(npy: file, file: "a.npy").values == [0, 1, 2, 3, 4, 5])
    let cube = NPYTests.file(
      NPYTests.header("|u1", "(2, 2, 2)", fortran: "True"), [0, 4, 2, 6, 1, 5, 3, 7])
    #expect(try Tensor(npy: cube, file: "a.npy").values == [0, 1, 2, 3, 4, 5, 6, 7])
    let empty = NPYTests.file(NPYTests.header("|u1", "(2, 0)", fortran: "True"))
    #expect(try Tensor(npy: empty, file: "a.npy").shape == [2, 0])
  }

  @Test func headersAreReadInAnyOrderAndVersion() throws {
    let text = "{ \"shape\" :( ) ,'fortran_order':False, 'descr' : '|u1'}"
    for version: UInt8 in 1...3 {
      let file = NPYTests.file(text, [7], version: version)
      #expect(try Tensor(npy: file, file: "a.npy") == Tensor(7))
    }
  }

  /// What is written is, byte for byte, what NumPy writes.
  @Test func filesAreAligned() {
    let file = Tensor(shape: [2, 1], values: [1.5, -1]).npy
    let text = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1), }"
    #expect(file.starts(with: NPYHeader.magic + [1, 0]))
    #expect(file[10...].starts(with: text.utf8))
    #expect(file.count == 128 + 16)
    #expect(Array(file[8..<10]) == [118, 0])
    #expect(file[127] == UInt8(ascii: "\n"))
    #expect(Array(file.suffix(8)) == [0, 0, 0, 0, 0, 0, 0xF0, 0xBF])
  }

  /// Files with a mistake, and what is said of it.
  static let mistakes: [(file: [UInt8], problem: String)] = [
    ([], "this is no NPY file"), (Array("x,y\n1,2\n".utf8), "this is no NPY file"),
    (NPYHeader.magic, "the file ends within its header"),
    (NPYHeader.magic + [1, 0, 9], "the file ends within its header"),
    (NPYHeader.magic + [1, 0, 9, 0, 32], "the file ends within its header"),
    (NPYHeader.magic + [2, 0, 255, 255, 255, 255], "the file ends within its header"),
    (NPYHeader.magic + [4, 0, 0, 0], "version 4.0 of the NPY format is not known"),
    (file(header("<f8", "(2,)"), [0]), "the shape [2] of '<f8' takes 16 bytes, and there are 1"),
    (file(header("|u1", "()"), [0, 0]), "the shape [] of '|u1' takes 1 bytes, and there are 2"),
    (
      file(header("<f8", "(16384, 16384)")),
      "the shape [16384, 16384] of '<f8' takes 2147483648 bytes, and there are 0"
    ),
    (
      file(header("<f8", "(4294967296, 4294967296)")),
      "the shape [4294967296, 4294967296] is too large"
    ),
    (file(header("<f8", "(2305843009213693952,)")), "the shape [2305843009213693952] is too large"),
    (file(header("<f8", "(1000000000000, 0)")), "the shape [1000000000000, 0] is too large"),
    (file(header("<f8", "(-1,)")), "the shape has the negative length '-1'"),
    (
      file(header("<f8", "(99999999999999999999,)")),
      "the shape has the length '99999999999999999999', which is too large"
    ),
    (file(header("<f8", "(3)")), "the shape is no tuple"),
    (file(header("<f8", "(x)")), "the shape lacks a number where one is due"),
    (file(header("<f8", "3")), "the header lacks a '(' where it is due"),
    (
      file(header("<f8", "(\(String(repeating: "1, ", count: 65)))"), [0]),
      "the shape has 65 dimensions, more than 64"
    ),
    (
      file(header("<c16", "(1,)")),
      "the elements are of the type '<c16', and only integers, booleans and 32- and 64-bit "
        + "floating-point numbers can be read"
    ),
    (
      file("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,)}"),
      "the elements are records, and only plain numbers can be read"
    ),
    (file("{'descr': '<f8'}"), "the header lacks 'descr', 'fortran_order' or 'shape'"),
    (file("{'descr': '<f8', 'descr': '<f8'}"), "the header has an unexpected entry 'descr'"),
    (file("{'other': 1}"), "the header has an unexpected entry 'other'"),
    (file("{'fortran_order': 1}"), "'fortran_order' is neither True nor False"),
    (file("{3: 1}"), "the header lacks a string where one is due"),
    (file("nothing"), "the header lacks a '{' where it is due"),
    (file(header("<f8", "()") + "x"), "the header goes on after its '}'"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreTold(_ file: [UInt8], _ problem: String) {
    #expect(throws: DataFailure.malformed("a.npy", at: nil, problem)) {
      try Tensor(npy: file, file: "a.npy")
    }
  }

  @Test func damagedFilesGetAnAnswer() {
    var generator = SeededGenerator(seed: 5)
    let files = NPYTests.elements.map { NPYTests.file(NPYTests.header($0.type, "(3,)"), $0.bytes) }
    for _ in 0..<2000 {
      let file = damaged(files, marks: "{}(),:'-<>|0129TF", &generator)
      let tensor = try? Tensor(npy: file, file: "a.npy")
      _ = tensor?.text()
    }
  }
}
