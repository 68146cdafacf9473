import BPAD
import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

/// The points at which emitted tests compare derivatives: what the command line binds, defaults and, for
/// what is left, samples; and two points near it.
struct TestPoints {
  private let differentiation: Differentiation
  private let module: Module
  private let source: Source

  /// How long an array is for which nothing says that.
  private static let sampleSize = 3
  /// The most numbers that a point has: the file holds them.
  private static let largestPoint = 4096

  init(_ differentiation: Differentiation, _ module: Module, _ source: Source) {
    self.differentiation = differentiation
    self.module = module
    self.source = source
  }

  /// Returns the points at which the derivatives are finite and agree.
  ///
  /// - Parameter typed: what the command line binds.
  func bindings(_ typed: [Binding], _ data: DataSource) throws(CommandFailure) -> [Bindings] {
    var binder = Binder(module, source)
    try binder.bind(typed)
    let first = try commanding { () throws(ProgramFailure) in
      try binder.bind(data)
      for leaf in module.leaves where binder.values[index(leaf)] == nil {
        guard leaf.defaultValue == nil, leaf.defaultArray == nil, leaf.type != .integer else {
          continue
        }
        try binder.bind(leaf.name, to: Tensor(leaf.type.isInteger ? 1 : 0.4))
      }
      for symbol in module.symbols where binder.sizes[symbol] == nil {
        try binder.set(symbol, to: TestPoints.sampleSize, "the emitted tests")
      }
      return try binder.bindings()
    }
    let isGiven = module.leaves.map { leaf in
      typed.contains { $0.name == leaf.name } || data.names.contains(leaf.name)
        || leaf.defaultValue != nil || leaf.defaultArray != nil
    }
    let count = first.values.reduce(0) { $0 + $1.count }
    guard count <= TestPoints.largestPoint else {
      throw .run(
        "emitted tests hold their points, and one of this program has \(count) numbers: "
          + "more than \(TestPoints.largestPoint)")
    }
    var points: [Bindings] = []
    for number in 0..<3 {
      let point = first.moved(number, module.leaves, isGiven)
      let sized = try commanding { () throws(ProgramFailure) in
        try differentiation.specialized(to: point)
      }
      if try isFinite(sized, point), GradientCheck(sized, point).agrees { points.append(point) }
    }
    guard !points.isEmpty else {
      throw .run(
        "there is no point at which the derivatives agree with differences; bind the leaves to one")
    }
    return points
  }

  /// Whether the value and all derivatives are numbers at a point.
  private func isFinite(
    _ sized: Differentiation, _ point: Bindings
  ) throws(CommandFailure) -> Bool {
    let derivatives = try commanding { () throws(ProgramFailure) in
      try DerivativeRun(sized, point).derivatives(point)
    }
    return ([derivatives.value] + derivatives.gradient).allSatisfy { tensor in
      tensor.values.allSatisfy(\.isFinite)
    }
  }

  private func index(_ leaf: Leaf) -> Int {
    module.leaves.firstIndex { $0.name == leaf.name } ?? 0
  }
}

extension Bindings {
  /// Returns point number `number`: numbers that are given move a little, and samples differ from element to
  /// element.
  fileprivate func moved(_ number: Int, _ leaves: [Leaf], _ isGiven: [Bool]) -> Bindings {
    var place = 0
    let moved = zip(zip(values, leaves), isGiven).map { entry, isGiven in
      let (value, leaf) = entry
      guard leaf.type.isReal else { return value }
      let elements = value.values.map { element in
        place += 1
        let factor = 1 + 0.07 * Double(number)
        return isGiven ? element * factor : (element + 0.05 * Double(place * 7 % 11)) * factor
      }
      return Tensor(shape: value.shape, values: elements)
    }
    return Bindings(values: moved, sizes: sizes, rows: nil)
  }
}

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
