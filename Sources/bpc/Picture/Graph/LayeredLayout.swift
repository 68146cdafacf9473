/// Places of the nodes of a graph in layers from left to right, after Sugiyama, Tagawa and Toda (Methods for
/// Visual Understanding of Hierarchical System Structures, 1981): layers, an order in each of them with few
/// crossings, then coordinates.
struct LayeredLayout {
  /// The middle of each node.
  let centers: [Point]
  /// The way of each edge, from the right side of its source to the left side of its target. It keeps
  /// its height in layers, from points with even numbers to the next, and changes it between layers.
  let ways: [[Point]]
  /// The layer of each node, from the left.
  let layers: [Int]
  /// How many crossings of edges there are.
  let crossingCount: Int
  /// How large the picture is.
  let size: Size

  /// A place.
  struct Point: Equatable {
    var x: Double
    var y: Double
  }

  /// How much room something takes.
  struct Size: Equatable {
    var width: Double
    var height: Double
  }

  /// Distances between what is drawn.
  enum Gap {
    /// Between layers.
    static let layers = 48.0
    /// Between nodes of a layer.
    static let nodes = 18.0
    /// The height that an edge takes on its way through a layer.
    static let way = 6.0
  }

  /// Finds places for nodes of `sizes`.
  ///
  /// - Parameters:
  ///   - edges: the ends of the edges, each from a node to a later one.
  ///   - whole: the edges that are drawn from their node on, also where others go the same way.
  init(_ sizes: [Size], _ edges: [(from: Int, to: Int)], whole: Set<Int> = []) {
    let layers = layerNumbers(sizes.count, edges)
    self.layers = layers
    var order = LayerOrder(layers, edges)
    order.reduceCrossings()
    crossingCount = order.crossingCount
    let columns = Columns(sizes, layers)
    let heights = LayerHeights(order, sizes).heights
    centers = zip(layers, heights).map { Point(x: columns.middle($0), y: $1) }
    let routes = EdgeRoutes(order: order, columns: columns, sizes: sizes, heights: heights)
    ways = routes.ways(edges, whole)
    let extents = heights.indices.map { order.height($0, sizes) }
    let bottom = zip(heights, extents).map { $0 + $1 / 2 }.max() ?? 0
    size = Size(width: columns.width, height: bottom)
  }
}

/// Returns the layer of each node: as many as there are edges on the longest way to it, but next to where it
/// is used where more is computed of it than it is computed of.
private func layerNumbers(_ count: Int, _ edges: [(from: Int, to: Int)]) -> [Int] {
  var layers = [Int](repeating: 0, count: count)
  var balance = layers
  var next = [Int](repeating: .max, count: count)
  for edge in edges.sorted(by: { $0.from < $1.from }) {
    layers[edge.to] = max(layers[edge.to], layers[edge.from] + 1)
    balance[edge.from] += 1
    balance[edge.to] -= 1
  }
  let users = Dictionary(grouping: edges, by: \.from)
  for node in (0..<count).reversed() {
    for edge in users[node] ?? [] { next[node] = min(next[node], layers[edge.to] - 1) }
    if balance[node] > 0, next[node] < .max { layers[node] = next[node] }
  }
  return layers
}

/// Where the layers stand from left to right.
struct Columns {
  private(set) var left: [Double] = []
  private(set) var right: [Double] = []

  init(_ sizes: [LayeredLayout.Size], _ layers: [Int]) {
    var widths = [Double](repeating: 0, count: (layers.max() ?? -1) + 1)
    for (size, layer) in zip(sizes, layers) { widths[layer] = max(widths[layer], size.width) }
    var x = 0.0
    for width in widths {
      left.append(x)
      right.append(x + width)
      x += width + LayeredLayout.Gap.layers
    }
  }

  /// How wide they are together.
  var width: Double { right.last ?? 0 }

  /// Returns the middle of a layer.
  func middle(_ layer: Int) -> Double { (left[layer] + right[layer]) / 2 }
}
