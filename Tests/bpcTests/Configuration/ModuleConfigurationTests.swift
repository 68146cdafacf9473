import BPIR
import BPLexer
import Testing

@testable import bpc

/// What the `bpc.json` of a module says. Its mistakes stand in `Tests/Golden/configuration`.
struct ModuleConfigurationTests {
  private func read(_ text: String) -> ModuleConfigurationReader {
    let source = Source(name: "bpc.json", text: text)
    return ModuleConfigurationReader(source, programs: ["a.bp", "b/a.bp"]) { $0.hasSuffix("a.bp") }
  }

  @Test func everyKeyIsRead() {
    let text = #"{"names": {"b/a.bp": "Big"}, "precision": "float64", "access": "package"}"#
    let reader = read(text)
    #expect(reader.diagnostics.isEmpty)
    #expect(reader.configuration.access == .package)
    #expect(reader.configuration.precision == .float64)
    #expect(reader.configuration.names == [.init(path: "b/a.bp", namespace: "Big")])
  }

  @Test func everyKeyOfAProgramIsRead() {
    let text = #"""
      {"files": {"b/a.bp": {
        "name": "Big", "of": "f", "wrt": ["x", "y"], "hessian": true, "batch": true,
        "access": "public", "precision": "float32"}, "a.bp": {"hessian": false}}}
      """#
    let reader = read(text)
    #expect(reader.diagnostics.isEmpty)
    #expect(reader.configuration.namespace(ofProgramAt: "b/a.bp") == "Big")
    let program = reader.configuration.program(at: "b/a.bp")
    #expect(program.of?.text == "f" && program.wrt.map(\.text) == ["x", "y"])
    #expect(program.hasHessian && program.hasRows)
    #expect(program.access == .public && program.precision == .float32)
    let other = reader.configuration.program(at: "a.bp")
    #expect(other == ProgramConfiguration(path: "a.bp"))
    #expect(reader.configuration.program(at: "c.bp") == ProgramConfiguration(path: "c.bp"))
  }

  /// Each of these has one mistake, at the place that is marked by a number of bytes.
  @Test(arguments: [
    (#"{"files": 1}"#, 10), (#"{"files": {"a.bp": 1}}"#, 19),
    (#"{"files": {"a.bp": {"wrt": []}}}"#, 27), (#"{"files": {"a.bp": {"wrt": ["x", 1]}}}"#, 33),
    (#"{"files": {"a.bp": {"of": null}}}"#, 26), (#"{"files": {"a.bp": {"batch": 0}}}"#, 29),
    (#"{"files": {"a.bp": {"names": "A"}}}"#, 20), (#"{"files": {"c.bp": {}}}"#, 11),
    (#"{"names": {"a.bp": "A"}, "files": {"a.bp": {"name": "A"}}}"#, 52),
  ])
  func mistakesInProgramsHaveAPlace(_ text: String, _ start: Int) {
    let diagnostics = read(text).diagnostics
    #expect(diagnostics.map(\.code) == [.malformedConfiguration])
    #expect(diagnostics.map { Int($0.span.start) } == [start])
  }

  @Test func withoutKeysThereAreDefaults() {
    let reader = read(" { } ")
    #expect(reader.diagnostics.isEmpty && reader.configuration == ModuleConfiguration())
    #expect(reader.configuration.access == .internal)
  }

  /// A name in the file, or else the words of the path.
  @Test func namespacesComeFromPaths() {
    let named = read(#"{"names": {"b/a.bp": "Big"}}"#).configuration
    #expect(named.namespace(ofProgramAt: "b/a.bp") == "Big")
    #expect(named.namespace(ofProgramAt: "a.bp") == "A")
    let paths = [
      "building.bp": "Building", "cabin/building.bp": "CabinBuilding",
      "v1.2/two words/x-y_z.bp": "V12TwoWordsXYZ", "1.bp": "Model1", "int.bp": "ModelInt",
    ]
    for (path, namespace) in paths {
      #expect(ModuleConfiguration().namespace(ofProgramAt: path) == namespace)
    }
  }

  @Test(arguments: ["", "1a", "a b", "class", "Type", "Double", "_", "a.b", "x`"])
  func namesThatSwiftDoesNotTakeAreRefused(_ name: String) {
    let reader = read(#"{"names": {"a.bp": "\#(name)"}}"#)
    #expect(reader.diagnostics.map(\.code) == [.malformedConfiguration])
  }

  /// Whatever the bytes, there are messages inside the text.
  @Test(arguments: [
    "", "{", "[1", "{\"access\": \"a", "\"", "{\"a\\", "{\"names\": [", "\u{FEFF}7",
  ])
  func textThatIsNoConfigurationHasMessages(_ text: String) {
    let diagnostics = read(text).diagnostics
    #expect(!diagnostics.isEmpty)
    for diagnostic in diagnostics { #expect(diagnostic.span.end <= text.utf8.count) }
    let rendering = DiagnosticRendering(source: Source(name: "bpc.json", text: text))
    #expect(rendering.render(diagnostics).hasPrefix("bpc.json:1:"))
  }

  @Test func pathsLeadDownFromFolders() {
    #expect(relativePath("/a/b/c.bp", in: "/a") == "b/c.bp")
    #expect(relativePath("/a//b/./c.bp", in: "/a/b/") == "c.bp")
    #expect(relativePath("./b/c.bp", in: ".") == "b/c.bp")
    for (file, folder) in [("/a", "/a"), ("/ab/c", "/a"), ("a/c", "/a"), ("a/../../c", "a")] {
      #expect(relativePath(file, in: folder) == nil)
    }
  }
}
