import BPInterp

/// The text of a tensor for people: on one line where it fits, else rows under each other with the
/// points of their numbers aligned.
struct TensorText {
  /// The columns that a line may have.
  static let width = 100
  /// The most elements that are written without being asked for all.
  static let mostElements = 100

  /// The tensor.
  private let tensor: Tensor
  /// The text of an element.
  private let element: (Double) -> String
  /// How many elements are written at either end of a long dimension, or nil for all.
  private let edge: Int?
  /// The columns that stand before the text on its first line.
  private let indentation: Int

  /// Creates the text of `tensor`.
  ///
  /// - Parameters:
  ///   - tensor: What is written.
  ///   - all: Whether all elements of a large tensor are written.
  ///   - indentation: The columns that stand before the text on its first line.
  ///   - element: Returns the text of an element.
  init(
    _ tensor: Tensor, all: Bool, indentation: Int, element: @escaping (Double) -> String
  ) {
    self.tensor = tensor
    self.indentation = indentation
    self.element = element
    edge = all ? nil : TensorText.edge(tensor.shape)
  }

  /// Returns how many elements of a long dimension are written at either end, or nil if all are.
  private static func edge(_ shape: [Int]) -> Int? {
    // Empty rows take room too.
    let lengths = shape.filter { $0 > 0 }
    guard Tensor.count(of: lengths) ?? .max > mostElements else { return nil }
    return [3, 2, 1].first { edge in
      let shown = lengths.map { min($0, 2 * edge + 1) }
      return Tensor.count(of: shown) ?? .max <= 4 * mostElements
    } ?? 0
  }

  /// The text.
  var text: String {
    let room = TensorText.width - indentation - shape.utf8.count
    // Each dimension has two brackets, and a comma follows a row.
    let roomInRow = room - 2 * tensor.shape.count - 1
    var innerEdge = edge
    var piece = piece(0, 0, innerEdge)
    var columns = AlignedColumns(piece.rows, room: roomInRow)
    while columns.areWrapped, let edge = innerEdge, edge > 1, tensor.shape.last ?? 0 > 2 * edge {
      innerEdge = edge - 1
      piece = self.piece(0, 0, innerEdge)
      columns = AlignedColumns(piece.rows, room: roomInRow)
    }
    if let line = piece.line(upTo: room) { return line + shape }
    let separator = "\n" + String(repeating: " ", count: indentation)
    return piece.lines(columns).joined(separator: separator) + shape
  }

  /// What is said of the shape where the brackets do not show it.
  private var shape: String {
    let isHidden = tensor.shape.dropLast().contains(0)
    let isCut = edge.map { edge in tensor.shape.contains { $0 > 2 * edge } } ?? false
    return isHidden || isCut ? " shape \(tensor.shape)" : ""
  }

  /// Returns the part whose elements begin at `start`, with the brackets from `dimension` on and at
  /// most `innerEdge` elements at either end of the last one.
  private func piece(_ dimension: Int, _ start: Int, _ innerEdge: Int?) -> TensorPiece {
    guard dimension < tensor.shape.count else { return .element(element(tensor.values[start])) }
    let length = tensor.shape[dimension]
    let stride = tensor.shape[(dimension + 1)...].reduce(1, *)
    func pieces(_ range: Range<Int>) -> [TensorPiece] {
      range.map { piece(dimension + 1, start + $0 * stride, innerEdge) }
    }
    let isLast = dimension == tensor.shape.count - 1
    guard let edge = isLast ? innerEdge : edge, length > 2 * edge else {
      return .row(pieces(0..<length))
    }
    return .row(pieces(0..<edge) + [.element("…")] + pieces(length - edge..<length))
  }
}
