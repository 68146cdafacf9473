import BPIR
import BPInterp

/// A value with its name, as commands print it.
struct ShownValue: Equatable {
  let name: String
  let tensor: Tensor
  let element: ValueType.Element
  /// How many bits it was computed with.
  var precision = Precision.float64

  /// The line for people.
  func line(all: Bool) -> String {
    let head = "\(name) = "
    return head + tensor.text(all: all, indentation: head.count, element: text) + "\n"
  }

  /// The value for people, on one line when it is a number.
  func text(all: Bool) -> String { tensor.text(all: all, element: text) }

  /// The value in JSON.
  var json: String { tensor.json { scalar($0).json } }

  private func scalar(_ number: Double) -> Scalar {
    Scalar(number: number, type: ValueType(element), precision: precision)
  }

  private func text(_ number: Double) -> String { scalar(number).text }

  /// The value as columns of a table: the elements of a vector stand below one another, those of a
  /// matrix in as many columns as it has.
  var columns: [(name: String, values: [String])] {
    guard let rows = tensor.shape.first else { return [(name, tensor.values.map(text))] }
    guard tensor.shape.count > 1 else { return [(name, tensor.values.map(text))] }
    let inner = Array(tensor.shape.dropFirst())
    let width = inner.reduce(1, *)
    return (0..<width).map { column in
      (
        name + ShownValue.index(column, inner),
        (0..<rows).map { text(tensor.values[$0 * width + column]) }
      )
    }
  }

  /// Returns the indices of element number `number` of an array of `shape`: `[0, 2]`.
  private static func index(_ number: Int, _ shape: [Int]) -> String {
    var rest = number
    var indices: [Int] = []
    for size in shape.reversed() {
      indices.insert(rest % max(1, size), at: 0)
      rest /= max(1, size)
    }
    return "[" + indices.map(\.description).joined(separator: ", ") + "]"
  }
}

/// Returns `values` as a table of CSV.
func table(_ values: [ShownValue]) throws(CommandFailure) -> String {
  let columns = values.flatMap(\.columns)
  let lengths = Set(columns.map(\.values.count))
  guard let length = lengths.first, lengths.count == 1 else {
    if columns.isEmpty { return "\n" }
    throw .run("values of different lengths do not fit into one table; use --format json")
  }
  var text = columns.map(\.name.csv).joined(separator: ",") + "\n"
  for row in 0..<length {
    text += columns.map { $0.values[row] }.joined(separator: ",") + "\n"
  }
  return text
}
