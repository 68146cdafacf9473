/// Which stacks share a buffer: each stack is read once, so all versions of one stand in the same.
package struct StackFamilies {
  /// For each value that is a stack and no constant another of its family, or itself.
  private var links: [Int]
  private var numbers: [Int: Int] = [:]

  /// Finds the families of the stacks of `function`.
  package init(_ function: Function) {
    links = []
    guard function.contains(.push) || function.contains(.pop) || function.contains(.loop) else {
      return
    }
    links = Array(0..<function.valueCount)
    for instruction in function.instructions { join(instruction, function) }
  }

  private mutating func join(_ instruction: Instruction, _ function: Function) {
    let results = Array(instruction.results)
    let operands = Array(function.operands(of: instruction))
    switch instruction.op {
    case .push: join(operands[0], results[0], function)
    case .pop: join(operands[0], results[1], function)
    case .conditional:
      for arm in instruction.regions {
        for (yield, result) in zip(function[arm].yields, results) { join(yield, result, function) }
      }
    case .loop:
      let region = function[instruction.body]
      for (position, parameter) in region.parameters.dropFirst().enumerated() {
        join(parameter, results[position], function)
        join(parameter, region.yields[1 + position], function)
        join(parameter, operands[2 + position], function)
      }
    default: break
    }
  }

  private mutating func join(_ a: Value, _ b: Value, _ function: Function) {
    guard function.type(of: a).isStack, function.constant(a) == nil, function.constant(b) == nil
    else { return }
    links[find(a)] = find(b)
  }

  private mutating func find(_ value: Value) -> Int {
    var index = value.position
    while links[index] != index {
      links[index] = links[links[index]]
      index = links[index]
    }
    return index
  }

  /// Returns the number of the buffer of a stack.
  package mutating func number(of stack: Value) -> Int {
    let family = find(stack)
    if let number = numbers[family] { return number }
    numbers[family] = numbers.count
    return numbers.count - 1
  }

  /// How many buffers were asked for.
  package var count: Int { numbers.count }
}
