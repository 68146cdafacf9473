import BPIR
import BPInterp
import Testing

/// Reductions along an axis against what is said of one sequence.
struct ReductionTests {
  /// What reduces an array, to numbers or to places, or sums it cumulatively.
  typealias Reduction<Scalar, Result> = (
    UnsafeMutablePointer<Result>, UnsafePointer<Scalar>, AxisShape
  ) -> Void

  private static let shapes: [AxisShape] = {
    var operands = KernelOperands(seed: 2)
    var shapes = [(1, 0, 1), (2, 0, 9), (0, 3, 2), (2, 3, 0), (1, 1, 1), (3, 1, 8), (1, 1000, 1)]
    for inner in [1, 1, 1, 2, 3, 7, 8, 9, 16, 21] {
      for _ in 0..<6 { shapes.append((operands.size(1...4), operands.size(1...40), inner)) }
    }
    return shapes.map { AxisShape(outer: $0.0, count: $0.1, inner: $0.2) }
  }()

  @Test func sumsAreTreesOfEightPartialSums() {
    check(Double.self, { sum($0, $1, $2) }, treeSum)
    check(Float.self, { sum($0, $1, $2) }, treeSum)
    #expect(treeSum([0.1]) == 0.1)
  }

  @Test func extremaAreFoldedFromTheLeft() {
    func upper(_ elements: [Double]) -> Double {
      elements.reduce(-.infinity) { kernel(.maximum, $0, $1, 0) }
    }
    func lower(_ elements: [Double]) -> Double {
      elements.reduce(.infinity) { kernel(.minimum, $0, $1, 0) }
    }
    check(Double.self, { maximum($0, $1, $2) }, upper)
    check(Double.self, { minimum($0, $1, $2) }, lower)
    check(Float.self, { maximum($0, $1, $2) }, { Float(upper($0.map(Double.init))) })
    check(Float.self, { minimum($0, $1, $2) }, { Float(lower($0.map(Double.init))) })
  }

  @Test func placesAreTheFirst() {
    check(Double.self, { positionOfMaximum($0, $1, $2) }, { place($0) { $1 < $0 } })
    check(Double.self, { positionOfMinimum($0, $1, $2) }, { place($0) { $0 < $1 } })
    check(Float.self, { positionOfMaximum($0, $1, $2) }, { place($0) { $1 < $0 } })
    check(Float.self, { positionOfMinimum($0, $1, $2) }, { place($0) { $0 < $1 } })
  }

  @Test func cumulativeSumsGoBothWays() {
    for index in Self.shapes.indices {
      checkCumulative(index, Double.self) { cumulativeSum($0, $1, $2, reversed: $3) }
      checkCumulative(index, Float.self) { cumulativeSum($0, $1, $2, reversed: $3) }
    }
  }

  // MARK: Sequences

  private func treeSum<Scalar: KernelScalar>(_ elements: [Scalar]) -> Scalar {
    var p = [Scalar](repeating: 0, count: 8)
    for (index, element) in elements.enumerated() { p[index % 8] += element }
    return ((p[0] + p[1]) + (p[2] + p[3])) + ((p[4] + p[5]) + (p[6] + p[7]))
  }

  private func place<Scalar: KernelScalar>(
    _ elements: [Scalar], _ precedes: (Scalar, Scalar) -> Bool
  ) -> Double {
    if let place = elements.firstIndex(where: \.isNaN) { return Double(place) }
    var best = 0
    for index in elements.indices where precedes(elements[index], elements[best]) { best = index }
    return Double(best)
  }

  // MARK: Arrays

  private func check<Scalar: KernelScalar, Result: KernelScalar>(
    _ type: Scalar.Type, _ reduction: Reduction<Scalar, Result>, _ sequence: ([Scalar]) -> Result
  ) {
    var operands = KernelOperands(seed: 3)
    for shape in Self.shapes {
      let size = shape.outer * shape.count * shape.inner
      for source in [
        operands.numbers(size, type), operands.edges(size, type), operands.ties(size, type),
      ] {
        let expected = sequences(shape).map { places in sequence(places.map { source[$0] }) }
        let results = computed(expected.count, source) { reduction($0, $1, shape) }
        #expect(firstDifference(results, expected) == nil, "\(type) \(shape)")
      }
    }
  }

  private func checkCumulative<Scalar: KernelScalar>(
    _ index: Int, _ type: Scalar.Type,
    _ run: (UnsafeMutablePointer<Scalar>, UnsafePointer<Scalar>, AxisShape, Bool) -> Void
  ) {
    let shape = Self.shapes[index]
    var operands = KernelOperands(seed: UInt64(index))
    let source = operands.numbers(shape.outer * shape.count * shape.inner, type)
    for reversed in [false, true] {
      var expected = source
      for sequence in sequences(shape) {
        let places = reversed ? sequence.reversed() : sequence
        for (place, before) in zip(places.dropFirst(), places) {
          expected[place] += expected[before]
        }
      }
      let apart = computed(source.count, source) { run($0, $1, shape, reversed) }
      #expect(firstDifference(apart, expected) == nil, "\(type) \(shape)")
      var inPlace = source + [0]
      inPlace.withUnsafeMutableBufferPointer { memory in
        guard let start = memory.baseAddress else { return }
        run(start, UnsafePointer(start), shape, reversed)
      }
      #expect(firstDifference(inPlace, expected + [0]) == nil, "\(type) \(shape) in place")
    }
  }

  /// Returns the places of the elements of each sequence.
  private func sequences(_ shape: AxisShape) -> [[Int]] {
    (0..<shape.outer).flatMap { outer in
      (0..<shape.inner).map { inner in
        (0..<shape.count).map { (outer * shape.count + $0) * shape.inner + inner }
      }
    }
  }

  /// Returns `count` results, after which nothing may be written.
  private func computed<Scalar, Result: KernelScalar>(
    _ count: Int, _ source: [Scalar],
    _ run: (UnsafeMutablePointer<Result>, UnsafePointer<Scalar>) -> Void
  ) -> [Result] where Scalar: KernelScalar {
    var target = [Result](repeating: 7, count: count + 1)
    target.withUnsafeMutableBufferPointer { target in
      // One element more, so that an empty operand has an address.
      (source + [0]).withUnsafeBufferPointer { source in
        guard let target = target.baseAddress, let source = source.baseAddress else { return }
        run(target, source)
      }
    }
    #expect(target[count] == 7, "too much is written")
    return Array(target.prefix(count))
  }
}
