import BPInterp

extension Tensor {
  /// Returns the text for people.
  ///
  /// Large tensors are shortened to the ends of their dimensions, and their shape is added.
  ///
  /// - Parameters:
  ///   - all: Whether all elements of a large tensor are written.
  ///   - indentation: The columns that stand before the text on its first line.
  ///   - element: Returns the text of an element; by default that of a real number.
  func text(
    all: Bool = false, indentation: Int = 0,
    element: @escaping (Double) -> String = { Scalar(number: $0, type: .real).text }
  ) -> String {
    TensorText(self, all: all, indentation: indentation, element: element).text
  }

  /// Returns the text in JSON: nested arrays.
  ///
  /// - Parameter element: Returns the text of an element; by default that of a real number.
  func json(
    element: (Double) -> String = { Scalar(number: $0, type: .real).json }
  ) -> String {
    var text = ""
    writeJSON(shape[...], 0, element, to: &text)
    return text
  }

  /// Writes the part that begins with the element `start` and has `shape`.
  private func writeJSON(
    _ shape: ArraySlice<Int>, _ start: Int, _ element: (Double) -> String, to text: inout String
  ) {
    guard let length = shape.first else {
      text += element(values[start])
      return
    }
    let inner = shape.dropFirst()
    let stride = inner.reduce(1, *)
    text += "["
    for index in 0..<length {
      if index > 0 { text += ", " }
      writeJSON(inner, start + index * stride, element, to: &text)
    }
    text += "]"
  }
}
