/// How the elements of a value are read: from the memory of some array, at regular distances.
struct SwiftView {
  /// What is read.
  var root: Root
  /// Where the first element stands.
  var offset = Dimension(0)
  /// Further summands of that, known when the function runs.
  var starts: [String] = []
  /// The distance from one element to the next along each axis.
  var strides: [Dimension]

  /// What a view is read from.
  enum Root {
    /// An array.
    case memory(SwiftMemory)
    /// A number, the same for each element.
    case number(String)
    /// No memory: an element is its own place.
    case index
  }

  /// Creates the view of all elements of an array of `shape`.
  init(_ root: Root, _ shape: Shape) {
    self.root = root
    if case .number = root {
      strides = shape.dimensions.map { _ in Dimension(0) }
    } else {
      strides = SwiftView.denseStrides(shape)
    }
  }

  /// Whether it is elements in a row, in the order of an array of `shape`.
  func isDense(_ shape: Shape) -> Bool {
    guard case .memory(let memory) = root, !memory.holdsIntegers else { return false }
    return zip(zip(strides, SwiftView.denseStrides(shape)), shape.dimensions).allSatisfy {
      $0.0 == $0.1 || $1 == Dimension(1)
    }
  }

  /// Whether it is all of an array of `shape`, each element at its place.
  func stands(at shape: Shape) -> Bool {
    isDense(shape) && offset == Dimension(0) && starts.isEmpty
  }

  /// The distances between neighbours of an array of `shape`, row by row.
  static func denseStrides(_ shape: Shape) -> [Dimension] {
    var strides = shape.dimensions
    var stride = Dimension(1)
    for axis in strides.indices.reversed() {
      strides[axis] = stride
      stride = stride * shape[axis]
    }
    return strides
  }

  /// The memory that is read, if it is one of `Double`.
  var numbers: SwiftMemory? {
    if case .memory(let memory) = root, !memory.holdsIntegers { memory } else { nil }
  }

  /// Returns the view without an axis.
  func removing(_ axis: Int) -> SwiftView {
    var view = self
    view.strides.remove(at: axis)
    return view
  }

  // MARK: - Forms

  /// Returns the view stretched from one shape to another.
  func stretched(from source: Shape, to target: Shape) -> SwiftView {
    var view = self
    let added = target.rank - source.rank
    view.strides = target.dimensions.indices.map { axis in
      axis < added || (source[axis - added] == Dimension(1) && target[axis] != Dimension(1))
        ? Dimension(0) : strides[axis - added]
    }
    return view
  }

  /// Returns the view with the elements in another shape, or nil when they are not at regular
  /// distances there.
  func reshaped(from source: Shape, to target: Shape) -> SwiftView? {
    var view = self
    if strides.allSatisfy({ $0 == Dimension(0) }) {
      view.strides = target.dimensions.map { _ in Dimension(0) }
      return view
    }
    let long = source.dimensions.indices.filter { source[$0] != Dimension(1) }
    if long.map({ source[$0] }) == target.dimensions.filter({ $0 != Dimension(1) }) {
      var rest = long[...]
      view.strides = target.dimensions.map { size in
        size == Dimension(1) ? Dimension(0) : strides[rest.removeFirst()]
      }
      return view
    }
    return reshapedEvenly(from: source, to: target)
  }

  /// Elements that all are equally far apart are so in every shape.
  private func reshapedEvenly(from source: Shape, to target: Shape) -> SwiftView? {
    let dense = SwiftView.denseStrides(source)
    let axes = source.dimensions.indices.filter { source[$0] != Dimension(1) }
    guard let last = axes.last else { return nil }
    let step = strides[last]
    guard axes.allSatisfy({ strides[$0] == dense[$0] * step }) else { return nil }
    var view = self
    view.strides = SwiftView.denseStrides(target).map { $0 * step }
    return view
  }

  /// Returns the view with its axes in the order `axes`.
  func transposed(_ axes: [Int]) -> SwiftView {
    var view = self
    view.strides = axes.map { strides[$0] }
    return view
  }
}

/// An array that an emitted function reads or writes.
struct SwiftMemory {
  /// The name of the pointer.
  let name: String
  /// Whether it points to `Int`, as arguments and constants do.
  let holdsIntegers: Bool
}

/// Loops over the elements of arrays, as few as tell all of them apart.
struct SwiftNest {
  /// How often each loop runs, from the outermost.
  private(set) var counts: [Dimension]
  /// For each view its distances along the loops.
  private(set) var strides: [[Dimension]]

  /// Creates the loops over `shape` for views of it.
  init(_ shape: Shape, _ views: [SwiftView]) {
    let axes = shape.dimensions.indices.filter { shape[$0] != Dimension(1) }
    counts = axes.map { shape[$0] }
    strides = views.map { view in axes.map { view.strides[$0] } }
    var axis = counts.count - 1
    while axis > 0 {
      if canMerge(axis) { merge(axis) }
      axis -= 1
    }
  }

  private func canMerge(_ axis: Int) -> Bool {
    strides.allSatisfy { $0[axis - 1] == $0[axis] * counts[axis] }
  }

  private mutating func merge(_ axis: Int) {
    counts[axis - 1] = counts[axis - 1] * counts[axis]
    counts.remove(at: axis)
    for index in strides.indices { strides[index].remove(at: axis - 1) }
  }
}
