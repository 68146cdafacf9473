import Testing

@testable import BPIR

/// Names that functions have elsewhere.
struct ForeignNamesTests {
  /// Each is unknown here, and stands for a function.
  @Test func meanings() {
    for (foreign, name) in Library.foreignNames {
      #expect(!Library.isFunction(foreign), "\(foreign)")
      #expect(Library.isFunction(name), "\(name)")
    }
  }
}
