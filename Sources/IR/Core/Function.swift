import BPLexer

/// A function in static single assignment form with structured control flow.
package struct Function: Sendable {
  /// The name in the source; the program itself is called `main`.
  package var name: String
  /// The parameters in order.
  package internal(set) var parameters: [Value] = []
  /// The names of the parameters.
  package internal(set) var parameterNames: [String] = []
  /// All instructions; the order in which they run is that of the regions.
  package internal(set) var instructions: [Instruction] = []
  /// The regions; the first is the body.
  package internal(set) var regions: [Region] = [Region()]
  /// The names that the source gives to values.
  package var names: [NamedValue] = []
  /// The functions that calls refer to by their number, callees before their callers.
  package var callees: [Function] = []

  private(set) var operandPool: [Value] = []
  private(set) var types: [ValueType] = []
  private(set) var definitions: [Definition] = []
  private var constants: [ConstantKey: Value] = [:]
  private var attributes: [Attribute] = []
  private var attributeIndices: [Attribute: UInt32] = [:]

  /// Creates an empty function.
  package init(name: String) { self.name = name }

  /// What the function returns.
  package var results: [Value] {
    get { regions[0].yields }
    set { regions[0].yields = newValue }
  }

  /// How many values there are.
  package var valueCount: Int { types.count }

  /// Returns the type of `value`.
  package func type(of value: Value) -> ValueType { types[value.position] }

  /// Returns where `value` comes from.
  package func definition(of value: Value) -> Definition { definitions[value.position] }

  /// Returns what an operation on arrays needs to know besides its operands.
  package func attribute(of instruction: Instruction) -> Attribute {
    attributes[Int(instruction.attribute)]
  }

  /// Returns the number that each element of `value` is, or nil when it is no constant.
  package func constant(_ value: Value) -> Double? {
    if case .constant(let number) = definitions[value.position] { number } else { nil }
  }

  /// Returns the instruction that makes `value`, or nil for a parameter or constant.
  package func instruction(defining value: Value) -> Instruction? {
    if case .result(let id, _) = definitions[value.position] { self[id] } else { nil }
  }

  /// Returns the region that makes `value`; that of parameters and constants is the body.
  package func region(of value: Value) -> RegionID {
    switch definitions[value.position] {
    case .result(let id, _): self[id].region
    case .regionParameter(let region, _): region
    case .parameter, .constant: .body
    }
  }

  /// Returns an instruction.
  package subscript(id: InstructionID) -> Instruction { instructions[id.position] }

  /// Returns a region.
  package subscript(id: RegionID) -> Region { regions[id.position] }

  /// Returns the operands of `instruction`.
  package func operands(of instruction: Instruction) -> ArraySlice<Value> {
    let first = Int(instruction.firstOperand)
    return operandPool[first..<first + Int(instruction.operandCount)]
  }

  /// Whether nothing ends `loop` before its limit.
  package func isCounted(_ loop: Instruction) -> Bool {
    constant(operand(0, of: loop)) == 1 && constant(self[loop.body].yields[0]) == 1
  }

  /// Returns how many turns `loop` takes: its limit where nothing else ends it.
  package func turns(of loop: Instruction) -> Value {
    isCounted(loop) ? operand(1, of: loop) : loop.turns
  }

  /// Returns whether an instruction is an `op`.
  package func contains(_ op: Op) -> Bool { instructions.contains { $0.op == op } }

  /// Returns the types of the results of `instruction`.
  package func resultTypes(of instruction: Instruction) -> [ValueType] {
    instruction.results.map { types[$0.position] }
  }

  /// Returns operand number `position` of `instruction`.
  package func operand(_ position: Int, of instruction: Instruction) -> Value {
    operandPool[Int(instruction.firstOperand) + position]
  }
}

/// A name that the source gives to a value.
package struct NamedValue: Sendable {
  /// The value.
  package var value: Value
  /// The name.
  package let name: String
  /// The statement that gives it.
  package let span: Span
  /// Whether it holds only within an arm, a turn of a loop or a function that was called, and is none of
  /// the function's own names.
  package var isInner = false

  /// Creates the name of `value` that the statement at `span` gives.
  package init(value: Value, name: String, span: Span) {
    self.value = value
    self.name = name
    self.span = span
  }

  /// Returns the same name for another value.
  package func naming(_ value: Value) -> NamedValue {
    var named = self
    named.value = value
    return named
  }

  /// The same name where it holds only within a part of the function.
  package var within: NamedValue {
    var named = self
    named.isInner = true
    return named
  }
}

/// What makes two constants the same: bits, so that 0.0 and -0.0 differ and NaN is itself.
private struct ConstantKey: Hashable {
  let bits: UInt64
  let type: ValueType
}

// MARK: - Growing

extension Function {
  /// Adds a parameter and returns it.
  package mutating func addParameter(_ name: String, _ type: ValueType) -> Value {
    let value = addValue(type, .parameter)
    parameters.append(value)
    parameterNames.append(name)
    return value
  }

  /// Adds a parameter to a region and returns it.
  mutating func addParameter(of region: RegionID, _ type: ValueType) -> Value {
    let position = UInt32(regions[region.position].parameters.count)
    let value = addValue(type, .regionParameter(region, position: position))
    regions[region.position].parameters.append(value)
    return value
  }

  /// Gives a parameter that nothing uses yet another type.
  mutating func setType(of parameter: Value, _ type: ValueType) { types[parameter.position] = type }

  /// Returns the constant of `type` whose elements are all `number`, made when it is not there yet.
  package mutating func constant(_ number: Double, _ type: ValueType = .real) -> Value {
    // One NaN, and no negative zero among the integers: the text says all that a constant is.
    let number = number.isNaN ? .nan : type.isInteger ? number + 0 : number
    let key = ConstantKey(bits: number.bitPattern, type: type)
    if let value = constants[key] { return value }
    let value = addValue(type, .constant(number))
    constants[key] = value
    return value
  }

  /// Returns the index of `attribute`, which is added when it is not there yet.
  mutating func index(of attribute: Attribute) -> UInt32 {
    if let index = attributeIndices[attribute] { return index }
    attributes.append(attribute)
    attributeIndices[attribute] = UInt32(attributes.count - 1)
    return UInt32(attributes.count - 1)
  }

  /// Adds an instruction, without putting it into a region, and returns its index.
  mutating func add(
    _ op: Op, operandCount: Int, resultTypes: [ValueType], attribute: UInt32, in region: RegionID,
    at span: Span
  ) -> InstructionID {
    let id = InstructionID(instructions.count)
    let first = Value(valueCount)
    for (position, type) in resultTypes.enumerated() {
      _ = addValue(type, .result(id, position: UInt32(position)))
    }
    instructions.append(
      Instruction(
        op: op, operandCount: UInt32(operandCount),
        firstOperand: UInt32(operandPool.count - operandCount),
        resultCount: UInt32(resultTypes.count), firstResult: first, attribute: attribute,
        region: region, span: span))
    return id
  }

  /// Adds an instruction with one result, without putting it into a region, and returns its index.
  mutating func add(
    _ op: Op, operandCount: Int, resultType: ValueType, attribute: UInt32, in region: RegionID,
    at span: Span
  ) -> InstructionID {
    let id = InstructionID(instructions.count)
    let result = addValue(resultType, .result(id, position: 0))
    instructions.append(
      Instruction(
        op: op, operandCount: UInt32(operandCount),
        firstOperand: UInt32(operandPool.count - operandCount), resultCount: 1, firstResult: result,
        attribute: attribute, region: region, span: span))
    return id
  }

  /// Adds an operand of the instruction that is about to be added.
  mutating func pushOperand(_ value: Value) { operandPool.append(value) }

  /// Takes back the last `count` operands.
  mutating func popOperands(_ count: Int) { operandPool.removeLast(count) }

  /// The last `count` operands.
  func lastOperands(_ count: Int) -> ArraySlice<Value> { operandPool.suffix(count) }

  /// Replaces symbols of shapes by what `sizes` says.
  mutating func substituteSizes(_ sizes: [String: Dimension]) {
    for index in types.indices where !types[index].isScalar {
      types[index] = types[index].substituting(sizes)
    }
    attributes = attributes.map { $0.substituting(sizes) }
    attributeIndices = [:]
    for (index, attribute) in attributes.enumerated() {
      attributeIndices[attribute] = attributeIndices[attribute] ?? UInt32(index)
    }
    constants = [:]
    for index in definitions.indices {
      guard case .constant(let number) = definitions[index] else { continue }
      let key = ConstantKey(bits: number.bitPattern, type: types[index])
      constants[key] = constants[key] ?? Value(index)
    }
  }

  private mutating func addValue(_ type: ValueType, _ definition: Definition) -> Value {
    types.append(type)
    definitions.append(definition)
    return Value(types.count - 1)
  }

  /// How far the function has grown.
  var mark: Mark {
    Mark(
      values: types.count, instructions: instructions.count, regions: regions.count,
      operands: operandPool.count, attributes: attributes.count, parameters: parameters.count,
      names: names.count)
  }

  /// Takes back the operands, attributes and values that were made since `mark`.
  mutating func rollBackPools(to mark: Mark) {
    operandPool.removeSubrange(mark.operands...)
    for attribute in attributes[mark.attributes...] { attributeIndices[attribute] = nil }
    attributes.removeSubrange(mark.attributes...)
    for index in mark.values..<types.count {
      guard case .constant(let number) = definitions[index] else { continue }
      constants[ConstantKey(bits: number.bitPattern, type: types[index])] = nil
    }
    types.removeSubrange(mark.values...)
    definitions.removeSubrange(mark.values...)
  }

  /// Makes room for `count` instructions.
  mutating func reserve(_ count: Int) {
    instructions.reserveCapacity(count)
    operandPool.reserveCapacity(2 * count)
    types.reserveCapacity(count)
    definitions.reserveCapacity(count)
  }
}
