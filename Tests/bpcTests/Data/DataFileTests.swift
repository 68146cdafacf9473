import BPInterp
import Testing

@testable import bpc

/// Files of numbers, whose name shows the format.
struct DataFileTests {
  private let directory = TemporaryDirectory()

  @Test func theNameShowsTheFormat() throws {
    let tensor = Tensor(shape: [2], values: [1, 2])
    let comma = try DataFile(.file(directory.file("a.csv", "x,y\n1,\n2,\n")), columns: ["x"])
    let tab = try DataFile(.file(directory.file("b.TSV", "x\ty\n1\t\n2\t\n")), columns: ["x"])
    #expect(comma == tab)
    guard case .table(let table) = comma else {
      Issue.record("this is a table")
      return
    }
    #expect(table.columns == [.init(name: "x", values: [1, 2])])
    let json = try DataFile(.file(directory.file("c.json", "{\"x\": [1, 2]}")))
    #expect(json == .named([NamedTensor(name: "x", tensor: tensor)]))
    let path = directory.path + "/d.npy"
    try writeFile(tensor.npy, to: path)
    #expect(try DataFile(.file(path)) == .unnamed(tensor))
  }

  @Test func aFormatThatIsGivenIsStronger() throws {
    let path = directory.file("data", "{\"x\": 1}")
    let named = DataFile.named([NamedTensor(name: "x", tensor: Tensor(1))])
    #expect(try DataFile(.file(path), format: .json) == named)
    let error = #expect(throws: DataFailure.self) { try DataFile(.file(path)) }
    #expect(
      error?.message
        == "\(path): the name does not show the format; it ends in .csv, .tsv, .json or .npy")
    #expect(error?.exitCode == .failure)
  }

  @Test(arguments: DataFormat.allCases)
  func filesThatAreMissingAreTold(_ format: DataFormat) {
    let path = directory.path + "/missing." + format.rawValue
    let error = #expect(throws: DataFailure.self) { try DataFile(.file(path)) }
    #expect(error == .input(.missing(path)))
    #expect(error?.exitCode == .noInput)
  }
}
