import BPLexer

// What is wrong with shapes, axes and indices.

extension Diagnostic {
  /// Returns an error for operands whose shapes cannot be stretched to one.
  static func shapesDiffer(
    _ operands: [ShapedOperand], at span: Span, _ place: Span
  ) -> Diagnostic {
    // A number fits everything.
    let arrays = operands.filter { !$0.shape.isScalar }
    let list = arrays.map { "'\($0.text)' has shape \($0.shape)" }.joined(separator: ", ")
    return Diagnostic(
      .shapeMismatch, "the shapes do not fit: \(list)", at: span,
      help: mend(arrays.map(\.shape)) ?? "", notes: origins(arrays))
  }

  /// Returns an error for a value that does not fit the part `target` of `array`.
  static func partDiffers(
    _ target: String, _ part: Shape, _ value: ShapedOperand, of array: ShapedOperand
  ) -> Diagnostic {
    let isNumber = part.isScalar ? "is a number" : "has shape \(part)"
    return Diagnostic(
      .shapeMismatch,
      "'\(target)' \(isNumber), and '\(value.text)' has shape \(value.shape)", at: value.span,
      notes: origins([array]))
  }

  /// Returns an error for a matrix product whose inner dimensions differ.
  static func productDoesNotFit(_ operands: [ShapedOperand], at span: Span) -> Diagnostic {
    let (a, b) = (operands[0], operands[1])
    let inner = a.shape.rank == 0 ? nil : a.shape.dimensions.last
    let other = b.shape.rank < 2 ? b.shape.dimensions.first : b.shape[b.shape.rank - 2]
    var message =
      "the matrix product does not fit: '\(a.text)' has shape \(a.shape), '\(b.text)' has shape "
      + "\(b.shape)"
    if let inner, let other, inner != other { message += "; \(inner) is not \(other)" }
    return Diagnostic(
      .shapeMismatch, message, at: span, help: productMend(a, b), notes: origins(operands))
  }

  /// Returns an error for a matrix product with a number.
  static func productOfNumber(_ operand: ShapedOperand, at span: Span) -> Diagnostic {
    Diagnostic(
      .shapeMismatch, "'@' multiplies vectors and matrices, and '\(operand.text)' is a number",
      at: span, help: "a number is multiplied with '*'")
  }

  private static func productMend(_ a: ShapedOperand, _ b: ShapedOperand) -> String {
    func inner(_ shape: Shape) -> Dimension { shape[shape.rank - 1] }
    func outer(_ shape: Shape) -> Dimension { shape[max(0, shape.rank - 2)] }
    if b.shape.rank == 2, inner(a.shape) == inner(b.shape) {
      return "transpose the second: \(a.text) @ \(bracketed(b.text)).T"
    }
    if a.shape.rank == 2, outer(a.shape) == outer(b.shape) {
      return "transpose the first: \(bracketed(a.text)).T @ \(b.text)"
    }
    if a.shape.rank == 2, b.shape.rank == 2, outer(a.shape) == inner(b.shape) {
      return "did you mean \(b.text) @ \(a.text)?"
    }
    return "the last dimension of the first has to be the first but one of the second"
  }

  private static func bracketed(_ text: String) -> String {
    text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? text : "(\(text))"
  }

  /// Returns what would make two shapes fit.
  private static func mend(_ shapes: [Shape]) -> String? {
    guard shapes.count == 2 else { return nil }
    let (a, b) = (shapes[0], shapes[1])
    if a.rank == 2, b.rank == 2, a.dimensions == b.dimensions.reversed() {
      return "transpose one of them with '.T'"
    }
    for (matrix, vector) in [(a, b), (b, a)] where matrix.rank == 2 && vector.rank == 1 {
      if matrix[0] == vector[0] {
        return "to stretch the vector along the columns, make it one: reshape(…, [\(vector[0]), 1])"
      }
    }
    return "dimensions are aligned at the end; only a dimension of 1 is stretched"
  }

  private static func origins(_ operands: [ShapedOperand]) -> [Note] {
    var spans: Set<Span> = []
    return operands.compactMap { operand in
      guard let origin = operand.origin, spans.insert(origin).inserted else { return nil }
      return Note("'\(operand.text)' gets its shape \(operand.shape) here", at: origin)
    }
  }

  /// Returns an error for array elements of different shapes.
  static func raggedArray(_ first: Shape, _ other: Shape, at span: Span) -> Diagnostic {
    func words(_ shape: Shape) -> String {
      shape.isScalar
        ? "a number"
        : shape.rank == 1
          ? "\(shape[0]) element\(shape[0] == Dimension(1) ? "" : "s")" : "shape \(shape)"
    }
    return Diagnostic(
      .shapeMismatch,
      "the rows of an array have one shape; the first is \(words(first)), "
        + "and this is \(words(other))", at: span)
  }

  /// Returns an error for an axis that an array does not have.
  static func noSuchAxis(_ axis: Int, _ shape: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongAxis, "axis \(axis) does not exist: the shape is \(shape)", at: span,
      help: shape.isScalar
        ? "a number has no axes"
        : "the axes are 0 to \(shape.rank - 1), or -1 for the last")
  }

  /// Returns an error for an axis that is no whole literal.
  static func axisIsNoNumber(at span: Span) -> Diagnostic {
    Diagnostic(.wrongAxis, "an axis is a whole number that is written out", at: span)
  }

  /// Returns an error for a second argument where an axis is meant.
  static func axisWithoutLabel(_ function: String, _ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongAxis, "'\(function)' takes its axis by name", at: span, help: "write axis: \(text)")
  }

  /// Returns an error for a value that should be an array.
  static func arrayExpected(
    _ function: String, rank: String, _ shape: Shape, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .shapeMismatch,
      "\(function) needs \(rank), and this "
        + (shape.isScalar ? "is a number" : "has shape \(shape)"), at: span)
  }

  /// Returns an error for a shape that is none.
  static func shapeExpected(at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongShape, "this is no shape", at: span,
      help: "a shape is a list of whole numbers and sizes, such as [3, n]")
  }

  /// Returns an error for a size that is no whole number.
  static func sizeExpected(at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongShape, "this is no size: a whole number made of literals, sizes and whole inputs",
      at: span)
  }

  /// Returns an error for a size below 0, or one that no memory holds.
  static func sizeOutOfRange(_ size: Dimension, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongShape,
      (size.number ?? 0) < 0
        ? "an array cannot have \(size) elements"
        : size.number == Dimension.largest
          ? "the array is too large" : "an array of \(size) elements is too large",
      at: span)
  }

  /// Returns an error for a reshape whose open size is no whole number.
  static func reshapeDoesNotDivide(_ from: Shape, _ to: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      .shapeMismatch,
      "shape \(from) has \(from.count) elements, which do not fill the shape \(to)", at: span,
      help: "one size may be -1, and is then what is left")
  }

  /// Returns an error for a reshape that changes how many elements there are.
  static func reshapeChangesCount(_ from: Shape, _ to: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      .shapeMismatch,
      "shape \(from) has \(from.count) elements and \(to) has \(to.count)", at: span)
  }
}

// MARK: - Indices

extension Diagnostic {
  /// Returns an error for too many indices.
  static func tooManyIndices(_ count: Int, _ shape: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongIndex,
      shape.isScalar
        ? "a number has no elements"
        : "\(count) indices for shape \(shape), which has \(shape.rank) "
          + (shape.rank == 1 ? "dimension" : "dimensions"), at: span)
  }

  /// Returns an error for an index that is no whole number.
  static func indexIsNoInteger(isBoolean: Bool, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongIndex,
      isBoolean ? "an index is a whole number and no condition" : "an index is a whole number",
      at: span,
      help: isBoolean
        ? "choose elements with where(condition, x, 0)"
        : "an input is whole when it is declared ': int'; floor, ceil and round make one whole")
  }

  /// Returns an error for an index that is outside.
  static func indexOutOfRange(_ index: Int, _ size: Dimension, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongIndex, "index \(index) is outside: there are \(size) elements", at: span,
      help: size == Dimension(0)
        ? "" : "indices go from 0 to \(size - Dimension(1)), or from the end, -1 being the last")
  }

  /// Returns an error for a range that reaches outside.
  static func rangeOutOfRange(_ text: String, _ size: Dimension, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongIndex, "the range \(text) reaches outside: there are \(size) elements", at: span)
  }

  /// Returns an error for a step of 0.
  static func stepIsZero(at span: Span) -> Diagnostic {
    Diagnostic(.wrongIndex, "a step of 0 gets nowhere", at: span)
  }

  /// Returns an error for a step that is no literal.
  static func stepIsNoNumber(at span: Span) -> Diagnostic {
    Diagnostic(.wrongIndex, "a step is a whole number that is written out", at: span)
  }

  /// Returns an error for a range whose length is not known before the program runs.
  static func lengthDependsOnData(at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongIndex, "the length of this range depends on computed values", at: span,
      help: "its length has to follow from literals, sizes and whole inputs, as in x[i..<i + 3]")
  }

  /// Returns an error for elements of another kind than those of the array.
  static func elementKindDiffers(at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongType, "conditions and numbers do not stand in one array", at: span)
  }
}
