import BPLexer

/// The values of the function that is read, by the numbers that the text gives them.
struct NumberedValues {
  /// A number with its place in the text.
  struct Number {
    let number: Int
    let span: Span
  }

  private struct Entry {
    /// The value, once the instruction that makes it has been read.
    var value: Value?
    /// Whether the arm that it belongs to is still open.
    var isVisible = true
    let span: Span
  }

  private var entries: [Int: Entry] = [:]
  /// The numbers that belong to the body and to each open arm.
  private var scopes: [[Int]] = [[]]

  /// Takes `number` for the result of the instruction that is being read.
  mutating func announce(_ number: Number) throws(MalformedText) {
    if let first = entries[number.number] {
      throw MalformedText(.valueDefinedTwice(number, first: first.span))
    }
    entries[number.number] = Entry(span: number.span)
  }

  /// Makes `number`, which was announced, stand for `value`.
  mutating func define(_ number: Number, as value: Value) {
    entries[number.number]?.value = value
    scopes[scopes.count - 1].append(number.number)
  }

  /// Starts an arm.
  mutating func openScope() { scopes.append([]) }

  /// Ends an arm: what was defined in it is no operand from here on.
  mutating func closeScope() {
    for number in scopes.removeLast() { entries[number]?.isVisible = false }
  }

  /// Returns the value that `number` stands for, also after the arm that it belongs to.
  func value(_ number: Number) throws(MalformedText) -> Value {
    guard let entry = entries[number.number] else { throw MalformedText(.undefinedValue(number)) }
    guard let value = entry.value else {
      throw MalformedText(.valueInItsDefinition(number, definition: entry.span))
    }
    return value
  }

  /// Returns the value that `number` stands for as an operand.
  func operand(_ number: Number) throws(MalformedText) -> Value {
    let value = try value(number)
    if let entry = entries[number.number], !entry.isVisible {
      throw MalformedText(.valueOfClosedArm(number, definition: entry.span))
    }
    return value
  }
}
