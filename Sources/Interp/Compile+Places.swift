import BPIR

extension Compilation {
  /// Returns where the elements of `value` stand, one after another.
  func memory(of value: Value) -> Int {
    let root = function.root(of: value)
    return constantArrays[root] ?? slots[root.position]
  }

  /// Gives each constant the place of one number.
  mutating func placeConstants() {
    for index in 0..<function.valueCount {
      guard let number = function.constant(Value(index)) else { continue }
      slots[index] = plan.take(1)
      program.constants.append(number)
    }
  }

  /// Places what holds the same elements in every run.
  mutating func placeConstantArrays() {
    for index in 0..<function.valueCount {
      let value = Value(index)
      guard let number = function.constant(value), !function.type(of: value).isScalar,
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

  /// Gives `value` memory that nothing else uses while it is alive.
  mutating func place(_ value: Value) {
    let size = plan.size
    slots[value.position] = plan.take(function.elementCount(of: value))
    claim(value, from: size)
  }

  /// Frees the memory of the values whose last use is this step, but for that of `kept`.
  mutating func release(_ values: some Sequence<Value>, keeping kept: Value? = nil) {
    for value in values {
      let root = owner(of: value)
      guard root != kept, !isFree[root.position], diesHere(root) else { continue }
      isFree[root.position] = true
      plan.giveBack(slots[root.position], function.elementCount(of: root))
    }
  }

  /// Returns the value that owns the memory that `value` is read from.
  func owner(of value: Value) -> Value {
    let root = function.root(of: value)
    guard let instruction = function.instruction(defining: root), instruction.op == .broadcast,
      schedule.isView(root)
    else { return root }
    return owner(of: function.operand(0, of: instruction))
  }

  /// Whether the memory of `root` can be used for something else after this step.
  func diesHere(_ root: Value) -> Bool {
    liveness.lastUse(of: root) <= position && isOwned(root)
  }

  private func isOwned(_ root: Value) -> Bool {
    guard let instruction = function.instruction(defining: root) else { return false }
    return !instruction.op.isArrayOperation || content(instruction) == nil
  }
}
