import BPInterp

/// The members of an object of JSON, each of which has to be there.
struct JSONFields {
  private let offset: Int
  /// The members by their names.
  let members: [String: JSONValue]

  /// Creates the fields of `value`, which has to be an object.
  init(_ value: JSONValue) throws(JSONFailure) {
    guard case .object(let members) = value.content else { throw value.misplaced("an object") }
    offset = value.offset
    self.members = Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }
  }

  /// Returns the failure of the whole object.
  func failure(_ problem: String) -> JSONFailure { JSONFailure(offset: offset, problem: problem) }

  /// Returns the member `name`.
  func value(_ name: String) throws(JSONFailure) -> JSONValue {
    guard let value = members[name] else { throw failure("there is no \(name.quoted)") }
    return value
  }

  /// Returns whether the member `name` is null.
  func isNull(_ name: String) throws(JSONFailure) -> Bool { try value(name).content == .null }

  /// Returns the text `name`.
  func text(_ name: String) throws(JSONFailure) -> String { try value(name).text() }

  /// Returns the choice that the text `name` spells.
  func word<Choice: RawRepresentable<String>>(_ name: String) throws(JSONFailure) -> Choice {
    guard let choice = Choice(rawValue: try text(name)) else {
      throw try value(name).misplaced("another word")
    }
    return choice
  }

  /// Returns the number `name`.
  func number(_ name: String) throws(JSONFailure) -> Double { try value(name).anyNumber() }

  /// Returns the whole number `name`, which is not below 0.
  func integer(_ name: String) throws(JSONFailure) -> Int { try value(name).integer() }

  /// Returns the truth value `name`.
  func truth(_ name: String) throws(JSONFailure) -> Bool {
    guard case .boolean(let truth) = try value(name).content else {
      throw try value(name).misplaced("true or false")
    }
    return truth
  }

  /// Returns the elements of the array `name`.
  func elements(_ name: String) throws(JSONFailure) -> [JSONValue] {
    guard case .array(let elements) = try value(name).content else {
      throw try value(name).misplaced("an array")
    }
    return elements
  }

  /// Returns the numbers of the array `name`, of which there have to be `count` where it is given.
  func list(_ name: String, count: Int? = nil) throws(JSONFailure) -> [Double] {
    var numbers: [Double] = []
    for element in try elements(name) { numbers.append(try element.anyNumber()) }
    guard count == nil || numbers.count == count else {
      throw failure("there are \(numbers.count) \(name), and not \(count ?? 0)")
    }
    return numbers
  }
}

extension JSONValue {
  /// Returns the failure of the value where `expected` is due.
  func misplaced(_ expected: String) -> JSONFailure {
    JSONFailure(offset: offset, problem: "\(kind) stands where \(expected) is due")
  }

  /// Returns the text that the value is.
  func text() throws(JSONFailure) -> String {
    guard case .string(let text) = content else { throw misplaced("a text") }
    return text
  }

  /// Returns the number, finite or not, that the value is.
  func anyNumber() throws(JSONFailure) -> Double { try Tensor(self).scalar ?? .nan }

  /// Returns the whole number, not below 0 and exact in Float64, that the value is.
  func integer() throws(JSONFailure) -> Int {
    guard case .number(let number) = content, let integer = Int(exactly: number),
      0...Int.largestExactWhole ~= integer
    else { throw misplaced("a whole number from 0 on") }
    return integer
  }

  /// Returns the lengths that the value lists.
  func shape() throws(JSONFailure) -> [Int] {
    guard case .array(let elements) = content else { throw misplaced("an array") }
    var shape: [Int] = []
    for element in elements { shape.append(try element.integer()) }
    guard Tensor.count(of: shape) != nil else { throw misplaced("a shape") }
    return shape
  }
}

extension Tensor {
  /// The number that the tensor is, if it is one.
  fileprivate var scalar: Double? { isScalar ? values.first : nil }
}
