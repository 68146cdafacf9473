import Testing

@testable import bpc

/// Places of the nodes of random graphs.
struct LayeredLayoutTests {
  private struct Sample {
    var sizes: [LayeredLayout.Size] = []
    var edges: [(from: Int, to: Int)] = []

    /// Draws a graph whose edges lead to later nodes.
    init(_ count: Int, reach: Int, _ random: inout SystemlessRandom) {
      for node in 0..<count {
        let width = Double(random.next(below: 200) + 40)
        sizes.append(LayeredLayout.Size(width: width, height: Double(random.next(below: 40) + 30)))
        var sources: Set<Int> = []
        for _ in 0..<random.next(below: 3) where node > 0 {
          let from = max(0, node - 1 - random.next(below: reach))
          if sources.insert(from).inserted { edges.append((from, node)) }
        }
      }
    }
  }

  /// A generator that is the same everywhere.
  private struct SystemlessRandom {
    var state: UInt64

    mutating func next(below limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
  }

  @Test func nodesStandApart() {
    for seed in 0..<40 {
      var random = SystemlessRandom(state: UInt64(seed))
      let sample = Sample(5 + seed, reach: 1 + seed / 2, &random)
      let layout = LayeredLayout(sample.sizes, sample.edges)
      for a in sample.sizes.indices {
        for b in 0..<a where layout.layers[a] == layout.layers[b] {
          let distance = abs(layout.centers[a].y - layout.centers[b].y)
          let heights = (sample.sizes[a].height + sample.sizes[b].height) / 2
          #expect(distance >= heights + LayeredLayout.Gap.nodes - 1e-6)
        }
      }
    }
  }

  @Test func edgesLeadToTheRight() {
    for seed in 0..<40 {
      var random = SystemlessRandom(state: UInt64(seed))
      let sample = Sample(30, reach: 12, &random)
      let layout = LayeredLayout(sample.sizes, sample.edges)
      for (edge, way) in zip(sample.edges, layout.ways) {
        #expect(layout.layers[edge.from] < layout.layers[edge.to])
        let isOrdered = zip(way, way.dropFirst()).allSatisfy { $0.x <= $1.x }
        #expect(isOrdered && way.count.isMultiple(of: 2))
      }
    }
  }

  @Test func crossingsAreReduced() {
    var (before, after) = (0, 0)
    for seed in 0..<40 {
      var random = SystemlessRandom(state: UInt64(seed))
      let sample = Sample(40, reach: 10, &random)
      let layout = LayeredLayout(sample.sizes, sample.edges)
      let naive = LayerOrder(layout.layers, sample.edges).crossingCount
      #expect(layout.crossingCount <= naive)
      before += naive
      after += layout.crossingCount
    }
    #expect(after * 2 < before, "\(after) of \(before)")
  }

  @Test func layoutIsTheSameEachTime() {
    var random = SystemlessRandom(state: 7)
    let sample = Sample(60, reach: 20, &random)
    let first = LayeredLayout(sample.sizes, sample.edges)
    let second = LayeredLayout(sample.sizes, sample.edges)
    #expect(first.centers == second.centers && first.ways == second.ways)
  }

  @Test func inputsStandNextToTheirUse() {
    let size = LayeredLayout.Size(width: 10, height: 10)
    let edges = [(from: 0, to: 2), (from: 2, to: 3), (from: 1, to: 4), (from: 3, to: 4)]
    #expect(LayeredLayout(Array(repeating: size, count: 5), edges).layers == [0, 2, 1, 2, 3])
  }

  @Test func nothingAndOneNodeHavePlaces() {
    #expect(LayeredLayout([], []).ways.isEmpty)
    let size = LayeredLayout.Size(width: 10, height: 20)
    let layout = LayeredLayout([size], [])
    #expect(layout.centers == [LayeredLayout.Point(x: 5, y: 10)] && layout.size == size)
  }

  @Test func largeGraphsAreQuick() {
    var random = SystemlessRandom(state: 3)
    let sample = Sample(2_000, reach: 60, &random)
    let clock = ContinuousClock()
    let time = clock.measure { _ = LayeredLayout(sample.sizes, sample.edges) }
    // The tests are not optimised, and other tests run beside this one.
    #expect(time < .seconds(20))
  }
}
