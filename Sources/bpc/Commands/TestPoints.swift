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
  fileprivate static let largestPoint = 4096

  init(_ differentiation: Differentiation, _ module: Module, _ source: Source) {
    self.differentiation = differentiation
    self.module = module
    self.source = source
  }

  /// Returns the points at which the derivatives are finite and agree.
  ///
  /// - Parameter typed: what the command line binds.
  func bindings(_ typed: [Binding], _ data: DataSource) throws(CommandFailure) -> [Bindings] {
    let first = try first(typed, data)
    let given = Set(typed.map(\.name) + data.names)
    let isGiven = module.leaves.map { given.contains($0.name) || $0.hasDefault }
    var points: [Bindings] = []
    for number in 0..<3 {
      let point = first.moved(number, module.leaves, isGiven)
      if try derivativesAgree(at: point) { points.append(point) }
    }
    guard !points.isEmpty else {
      throw .run(
        "there is no point at which the derivatives agree with differences; bind the leaves to one")
    }
    return points
  }

  /// Returns the first point, which is not too large to be written down.
  private func first(_ typed: [Binding], _ data: DataSource) throws(CommandFailure) -> Bindings {
    var binder = Binder(module, source, differentiation.compiler)
    try binder.bind(typed)
    let point = try commanding { () throws(ProgramFailure) in
      try binder.bind(data)
      try binder.bind(samples(binder))
      for symbol in module.symbols where binder.sizes[symbol] == nil {
        try binder.set(symbol, to: TestPoints.sampleSize, "the emitted tests")
      }
      return try binder.bindings()
    }
    let count = point.values.reduce(0) { $0 + $1.count }
    guard count <= TestPoints.largestPoint else { throw .pointTooLarge(count) }
    return point
  }

  /// Returns samples for the leaves that nothing gives a value.
  private func samples(_ binder: Binder) -> [String: Tensor] {
    var samples: [String: Tensor] = [:]
    for (leaf, value) in zip(module.leaves, binder.values) {
      guard value == nil, !leaf.hasDefault, leaf.type != .integer else { continue }
      samples[leaf.name] = Tensor(leaf.type.isInteger ? 1 : 0.4)
    }
    return samples
  }

  /// Whether the value and all derivatives are numbers at `point`, and differences confirm them.
  private func derivativesAgree(at point: Bindings) throws(CommandFailure) -> Bool {
    let (sized, derivatives) = try commanding { () throws(ProgramFailure) in
      let sized = try differentiation.specialized(to: point)
      return (sized, try DerivativeRun(sized, point).derivatives(point))
    }
    let areFinite = ([derivatives.value] + derivatives.gradient).allSatisfy { tensor in
      tensor.values.allSatisfy(\.isFinite)
    }
    return areFinite && GradientCheck(sized, point).agrees
  }
}

extension CommandFailure {
  /// Returns the failure of a point with `count` numbers, which no file should hold.
  fileprivate static func pointTooLarge(_ count: Int) -> CommandFailure {
    .run(
      "emitted tests hold their points, and one of this program has \(count) numbers: "
        + "more than \(TestPoints.largestPoint)")
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
