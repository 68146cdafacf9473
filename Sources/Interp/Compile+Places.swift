import BPIR

extension Compilation {
  /// Returns where the elements of `value` stand, one after another.
  func memory(of value: Value) -> Int {
    let root = function.root(of: value)
    return constantArrays[root] ?? slots[root.position]
  }

  /// Gives a parameter its memory, which stays its own.
  mutating func placeParameter(_ parameter: Value) {
    let size = plan.size
    slots[parameter.position] = plan.take(function.elementCount(of: parameter))
    claim(parameter, from: size)
  }

  /// Gives each constant the place of one number.
  mutating func placeConstants() {
    for index in 0..<function.valueCount {
      let value = Value(index)
      guard let number = function.constant(value), !function.type(of: value).isStack else {
        continue
      }
      slots[index] = plan.take(1)
      program.constants.append((slots[index], number))
    }
  }

  /// Places what holds the same elements in every run.
  mutating func placeConstantArrays() {
    for index in 0..<function.valueCount {
      let value = Value(index)
      let type = function.type(of: value)
      guard let number = function.constant(value), !type.isScalar, !type.isStack,
        !schedule.isView(value)
      else { continue }
      constantArrays[value] = placeConstantArray(.number(number), of: value)
    }
    for instruction in function.instructions {
      guard let content = content(instruction) else { continue }
      slots[instruction.result.position] = placeConstantArray(content, of: instruction.result)
    }
  }

  private func content(_ instruction: Instruction) -> Program.ConstantArray.Content? {
    guard instruction.op.isArrayOperation else { return nil }
    switch (instruction.op, function.attribute(of: instruction)) {
    case (.array, .elements(let elements)): return .numbers(elements.numbers)
    case (.iota, _): return .iota
    case (.randomUniform, .random(_, let seed)), (.randomNormal, .random(_, let seed)):
      return .random(instruction.op, seed: seed)
    case (.dimension, .dimension(let dimension)): return .number(Double(dimension.number ?? 0))
    default: return nil
    }
  }

  private mutating func placeConstantArray(
    _ content: Program.ConstantArray.Content, of value: Value
  ) -> Int {
    let count = function.elementCount(of: value)
    let size = plan.size
    let slot = plan.take(count)
    claim(value, from: size)
    program.constantArrays.append(
      Program.ConstantArray(slot: slot, count: count, content: content))
    return slot
  }

  /// Returns the value that owns the memory that `value` is read from.
  func owner(of value: Value) -> Value {
    let root = function.root(of: value)
    guard let instruction = function.instruction(defining: root), instruction.op == .broadcast,
      schedule.isView(root)
    else { return root }
    return owner(of: function.operand(0, of: instruction))
  }
}
