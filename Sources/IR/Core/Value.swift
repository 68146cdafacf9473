/// A value of a function: a parameter, a constant, or a result of an instruction.
///
/// It is an index and not a reference, so that a million of them are a flat array.
package struct Value: Hashable, Sendable, CustomStringConvertible {
  /// The position in the tables of the function.
  package let index: UInt32

  /// Creates the value at position `index`.
  package init(_ index: Int) { self.index = UInt32(index) }

  /// The position as an array index.
  package var position: Int { Int(index) }

  /// The value as the text of the IR writes it.
  package var description: String { "%\(index)" }
}

/// An instruction of a function.
package struct InstructionID: Hashable, Sendable {
  /// The position in `Function.instructions`.
  package let index: UInt32

  package init(_ index: Int) { self.index = UInt32(index) }

  /// The position as an array index.
  package var position: Int { Int(index) }
}

/// A region of a function.
package struct RegionID: Hashable, Sendable {
  /// The position in `Function.regions`.
  package let index: UInt32

  package init(_ index: Int) { self.index = UInt32(index) }

  /// The position as an array index.
  package var position: Int { Int(index) }

  /// The region of a function's body.
  package static let body = RegionID(0)
}

/// Where a value comes from.
package enum Definition: Hashable, Sendable {
  /// A parameter of the function.
  case parameter
  /// The result number `position` of an instruction.
  case result(InstructionID, position: UInt32)
  /// Parameter number `position` of a region.
  case regionParameter(RegionID, position: UInt32)
  /// A number, or 1 and 0 for true and false; each element of an array is that number; 0 of
  /// the type of a stack is the empty one.
  case constant(Double)
}
