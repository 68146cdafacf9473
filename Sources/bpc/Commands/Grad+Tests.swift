import BPIR
import BPLexer
import BackpropCompiler

extension Grad {
  /// The tests of an emitted file, and the file for them.
  struct EmittedTests {
    let text: String
    let path: String
  }

  /// Returns the tests of the file that `model` is emitted as, if they are wanted.
  func tests(
    of model: SwiftModel, _ differentiation: Differentiation, _ source: Source
  ) throws(CommandFailure) -> EmittedTests? {
    guard let tested = arguments.testedModule else { return nil }
    guard case .file(let path) = arguments.output, path.hasSuffix(".swift") else {
      throw .run("--with-tests writes a second file beside the first; name that with -o Name.swift")
    }
    let leaves = Set(model.leaves.map(\.name))
    guard differentiation.objective.names.allSatisfy(leaves.contains) else {
      throw .run("emitted tests are for derivatives with respect to leaves")
    }
    let points = try points(differentiation, source)
    let tests = SwiftTests(
      of: model, derivative: differentiation.directionalDerivative.finished(),
      module: tested, points: points.map { $0.values.flatMap(\.values) },
      counts: points[0].values.map(\.count), sizes: points[0].sizes)
    return EmittedTests(text: tests.text, path: String(path.dropLast(6)) + "Tests.swift")
  }

  /// Returns the points of the tests, which are chosen with all digits.
  private func points(
    _ differentiation: Differentiation, _ source: Source
  ) throws(CommandFailure) -> [Bindings] {
    var exact = compiler
    exact.precision = .float64
    let module = differentiation.module
    let derivatives = Differentiation(
      differentiation.compilation, module, differentiation.objective, exact, order: .gradient)
    return try TestPoints(derivatives, module, source)
      .bindings(arguments.bindings, arguments.data.source(module))
  }

  /// Writes tests to their file.
  func write(_ tests: EmittedTests?) throws(CommandFailure) {
    guard let tests else { return }
    try OutputDestination.file(tests.path)
      .write(Array(tests.text.utf8), output, sparing: arguments.source)
  }
}
