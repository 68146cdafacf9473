// The names of values in emitted functions.

extension SwiftBody {
  /// Returns the name of `value`, which it gets here.
  mutating func name(_ value: Value) -> String {
    let name = newName(for: value)
    valueNames[value.position] = name
    return name
  }

  /// Returns a name that is free, the one in the source where there is one.
  mutating func newName(for value: Value) -> String {
    let wished = sourceNames[value].map(SwiftBody.identifier)
    return SwiftNames.escaped(names.unique(wished ?? nextTemporary()))
  }

  /// Returns the name of the next value that the source does not name.
  mutating func nextTemporary() -> String {
    temporaryCount += 1
    return "t\(temporaryCount)"
  }

  /// Returns `name` without the index of a part of a tuple.
  static func identifier(_ name: String) -> String {
    String(name.filter { $0 != "[" && $0 != "]" })
  }

  /// Gives the element of an array that has a name of its own a name.
  mutating func nameElement(_ value: Value) -> String {
    let name = names.unique(nextTemporary())
    valueNames[value.position] = name
    return name
  }
}
