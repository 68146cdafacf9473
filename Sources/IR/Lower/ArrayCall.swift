import BPLexer

/// A call of such a function while it is lowered.
struct ArrayCall {
  let function: ArrayFunction
  /// The arguments in the order of the parameters; nil where one is left out.
  let arguments: [LoweredExpression?]
  /// The arguments in place of a first parameter that stands any number of times.
  let variadic: [LoweredExpression]
  let span: Span
  /// The walk that meets the call; it outlives it, and nothing else uses it meanwhile.
  let pointer: UnsafeMutablePointer<Lowering>

  /// The walk that meets the call.
  ///
  /// Reading copies it: what `_read` lends is destroyed twice by the compiler when it is a part of a
  /// large structure that is read in a condition (Swift 6.3, without optimization).
  var lowering: Lowering {
    get { pointer.pointee }
    nonmutating _modify { yield &pointer.pointee }
  }

  /// The builder of the function that the call stands in.
  var builder: Builder {
    get { pointer.pointee.frame.builder }
    nonmutating _modify { yield &pointer.pointee.frame.builder }
  }

  mutating func report(_ diagnostic: Diagnostic) { lowering.report(diagnostic) }

  func shape(_ value: Value) -> Shape { lowering.shape(value) }

  func type(_ value: Value) -> ValueType { lowering.type(value) }

  /// The place of an argument, or of the call when it is left out.
  func span(_ position: Int) -> Span { arguments[position]?.span ?? span }

  /// Whether an argument is given.
  func has(_ position: Int) -> Bool { arguments[position] != nil }

  // MARK: - Arguments

  /// Returns an argument as it is.
  mutating func value(_ position: Int) -> Value? {
    guard let argument = arguments[position] else { return nil }
    return lowering.values([argument])?.first
  }

  /// Returns an argument that is made of real numbers.
  mutating func real(_ position: Int) -> Value? {
    guard let number = number(position) else { return nil }
    return lowering.asReal(number)
  }

  /// Returns an argument that is made of numbers.
  mutating func number(_ position: Int) -> Value? {
    guard let value = value(position) else { return nil }
    guard !type(value).isBoolean else {
      report(.conditionAsArgument(function.name, at: span(position)))
      return nil
    }
    return value
  }

  /// Returns an argument that is made of conditions.
  mutating func condition(_ position: Int) -> Value? {
    guard let value = value(position) else { return nil }
    guard type(value).isBoolean else {
      report(.numberAsArgument(function.name, at: span(position)))
      return nil
    }
    return value
  }

  /// Returns a real number that is written out, or `otherwise` when it is left out.
  mutating func literal(_ position: Int, or otherwise: Double) -> Double? {
    guard has(position) else { return otherwise }
    guard let value = number(position) else { return nil }
    guard shape(value).isScalar, let number = builder.function.constant(value) else {
      report(.literalExpected(function.parameters[position].name, at: span(position)))
      return nil
    }
    return number
  }

  /// Returns an argument that is one real number, or `otherwise` when it is left out.
  mutating func scalar(_ position: Int, or otherwise: Double) -> Value? {
    guard has(position) else { return builder.constant(otherwise) }
    guard let value = real(position) else { return nil }
    guard shape(value).isScalar else {
      report(
        .arrayExpected("'\(function.name)'", rank: "a number", shape(value), at: span(position)))
      return nil
    }
    return value
  }

  /// Returns the axis that an argument names, `otherwise` when it is left out.
  mutating func axis(_ position: Int, of x: Value, or otherwise: Int) -> Int? {
    var axis = otherwise
    if let argument = arguments[position] {
      guard let value = lowering.values([argument])?.first else { return nil }
      guard shape(value).isScalar, let number = builder.function.constant(value),
        let whole = Int(exactly: number)
      else {
        report(.axisIsNoNumber(at: argument.span))
        return nil
      }
      axis = whole
    }
    let rank = shape(x).rank
    guard axis >= -rank, axis < rank else {
      report(.noSuchAxis(axis, shape(x), at: span(position)))
      return nil
    }
    return axis < 0 ? axis + rank : axis
  }

  /// Returns a size that an argument gives.
  mutating func size(_ position: Int) -> Dimension? {
    guard let value = value(position) else { return nil }
    return size(value, at: span(position))
  }

  private mutating func size(_ value: Value, at place: Span) -> Dimension? {
    guard shape(value).isScalar, !type(value).isBoolean,
      let whole = type(value).isInteger ? value : builder.wholeNumber(value),
      let dimension = builder.function.dimension(of: whole)
    else {
      report(.sizeExpected(at: place))
      return nil
    }
    return dimension
  }

  /// Returns the shape that an argument is: a size or a list of sizes.
  mutating func shape(argument position: Int, checked: Bool = true) -> Shape? {
    guard let value = value(position) else { return nil }
    if shape(value).isScalar {
      guard let size = size(position) else { return nil }
      return checked ? self.checked(Shape([size]), at: span(position)) : Shape([size])
    }
    guard shape(value).rank == 1, let dimensions = builder.sizes(in: value) else {
      report(.shapeExpected(at: span(position)))
      return nil
    }
    return checked ? self.checked(Shape(dimensions), at: span(position)) : Shape(dimensions)
  }

  /// Returns a shape whose sizes are possible.
  mutating func checked(_ shape: Shape, at place: Span) -> Shape? {
    for dimension in shape.dimensions + [shape.count] {
      guard let number = dimension.number, number < 0 || number > Shape.largestCount else {
        continue
      }
      report(.sizeOutOfRange(dimension, at: place))
      return nil
    }
    return shape
  }
}

extension Shape {
  /// The most elements that an array may have.
  package static let largestCount = 1 << 40
}

extension Builder {
  /// Returns the sizes that a vector of whole numbers is made of, or nil when they are not known.
  func sizes(in vector: Value) -> [Dimension]? {
    let type = function.type(of: vector)
    if type.shape.count == Dimension(0) { return [] }
    guard type.isInteger else { return nil }
    if let number = type.shape.count.number, number <= 10_000,
      let numbers = elements(of: vector, number)
    {
      return numbers.map { Dimension(Int(exactly: $0) ?? 0) }
    }
    guard let instruction = function.instruction(defining: vector) else { return nil }
    if instruction.op == .reshape {
      return sizeOfPart(function.operand(0, of: instruction)).map { [$0] }
    }
    guard instruction.op == .concat else { return nil }
    var sizes: [Dimension] = []
    for operand in function.operands(of: instruction) {
      let part = self.operand(of: operand, .reshape) ?? operand
      guard let size = sizeOfPart(part) else { return nil }
      sizes.append(size)
    }
    return sizes
  }

  private func sizeOfPart(_ part: Value) -> Dimension? {
    if let number = function.constant(part) {
      return Int(exactly: number).map { Dimension($0) }
    }
    return function.dimension(of: part)
  }
}
