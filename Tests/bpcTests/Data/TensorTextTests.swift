import BPIR
import BPInterp
import TestSupport
import Testing

@testable import bpc

/// Tensors as people and programs read them.
struct TensorTextTests {
  /// Returns the tensor of `shape` that counts its elements.
  private func counted(_ shape: [Int]) -> Tensor {
    Tensor(shape: shape, values: (0..<shape.reduce(1, *)).map(Double.init))
  }

  @Test func scalarsAreNumbers() {
    #expect(Tensor(2).text() == "2")
    #expect(Tensor(-.infinity).text() == "-inf")
    #expect(Tensor(.nan).json() == "\"NaN\"")
  }

  @Test func smallTensorsStandOnOneLine() {
    #expect(Tensor(shape: [2], values: [0.1, 0.2]).text() == "[0.1, 0.2]")
    #expect(counted([2, 2]).text() == "[[0, 1], [2, 3]]")
    #expect(counted([1, 1, 1]).text() == "[[[0]]]")
  }

  @Test func emptyTensorsShowTheirShape() {
    #expect(counted([0]).text() == "[]")
    #expect(counted([3, 0]).text() == "[[], [], []]")
    #expect(counted([0, 3]).text() == "[] shape [0, 3]")
    #expect(counted([1000, 0]).text() == "[[], [], [], …, [], [], []] shape [1000, 0]")
  }

  @Test func pointsStandUnderEachOther() {
    let values = [1, 22.5, 1e-9, -0.25, .nan, 123456.789]
    let text = Tensor(shape: [3, 2], values: values).text(indentation: 60)
    let lines = ["[[  1,         22.5],", " [  1e-09,     -0.25],", " [nan,     123456.789]]"]
    #expect(text == lines.joined(separator: "\n" + String(repeating: " ", count: 60)))
  }

  @Test func longRowsGoOnBelow() {
    #expect(
      counted([30]).text(indentation: 4) == """
        [ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
             23, 24, 25, 26, 27, 28, 29]
        """)
  }

  @Test func largeTensorsAreShortened() {
    #expect(counted([101]).text() == "[0, 1, 2, …, 98, 99, 100] shape [101]")
    #expect(!counted([100]).text().contains("…"))
    #expect(
      counted([1000, 3]).text() == """
        [[   0,    1,    2],
         [   3,    4,    5],
         [   6,    7,    8],
         …,
         [2991, 2992, 2993],
         [2994, 2995, 2996],
         [2997, 2998, 2999]] shape [1000, 3]
        """)
  }

  @Test func shortenedRowsFitTheLine() {
    let tensor = Tensor(shape: [28, 28], values: (0..<784).map { 1 / Double(3 * $0 + 1) })
    let lines = tensor.text(indentation: 4).split(separator: "\n")
    #expect(lines.count == 7)
    let longest = lines.map(\.count).max() ?? 0
    #expect(longest <= 100)
  }

  @Test func manyDimensionsStayShort() {
    let long = counted([9, 9, 9, 9, 9]).text()
    #expect(long.count < 2000)
    #expect(counted([Int](repeating: 2, count: 16)).text().hasPrefix("[…] shape [2, 2,"))
  }

  @Test func allMeansAll() {
    let text = counted([1000, 3]).text(all: true)
    #expect(text.split(separator: "\n").count == 1000)
    #expect(text.hasSuffix(" [2997, 2998, 2999]]"))
  }

  @Test func theKindOfElementDecides() {
    let tensor = Tensor(shape: [2], values: [1, 0])
    let text = tensor.text { Scalar(number: $0, type: .boolean).text }
    #expect(text == "[true, false]")
    #expect(tensor.json { Scalar(number: $0, type: .boolean).json } == "[true, false]")
  }

  @Test func jsonNestsArrays() {
    let tensor = Tensor(shape: [2, 2], values: [1, .infinity, -.infinity, 0.5])
    #expect(tensor.json() == "[[1, \"inf\"], [\"-inf\", 0.5]]")
    #expect(counted([3, 0]).json() == "[[], [], []]")
  }

  /// What is written reads back as it was, in JSON and NPY.
  @Test func tensorsRoundTrip() throws {
    var generator = SeededGenerator(seed: 11)
    for shape in [[], [0], [3, 0], [1], [7], [2, 3], [3, 1, 4], [2, 2, 2, 2]] {
      let tensor = Tensor(
        shape: shape,
        values: (0..<shape.reduce(1, *)).map { _ in generator.anyNumber() })
      let json = "{\"x\": \(tensor.json())}"
      #expect(
        try tensors(json: Array(json.utf8), file: "x.json")
          == [NamedTensor(name: "x", tensor: tensor)])
      #expect(try Tensor(npy: tensor.npy, file: "x.npy") == tensor)
    }
  }
}

extension SeededGenerator {
  /// Returns a number of any magnitude, without NaN, which equals nothing.
  mutating func anyNumber() -> Double {
    let number = Double(bitPattern: next())
    return number.isNaN ? 0 : number
  }
}
