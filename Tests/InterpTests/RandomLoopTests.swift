import BPIR
import BPInterp
import TestSupport
import Testing

/// Random functions with loops, conditionals, stacks and arrays in each other: the machine, which lets
/// values share memory, gives what a walk over the function gives, in which each value has its own.
struct RandomLoopTests {
  @Test(arguments: 0..<30)
  func theMachineComputesWhatTheFunctionSays(_ batch: Int) throws {
    for seed in 0..<40 {
      var writer = RandomLoops(seed: UInt64(1000 * batch + seed))
      let function = writer.function()
      try #require(function.problems() == [])
      let arguments: [[Double]] = [[0.3], [-0.7], [0.1, 0.9, -0.4]]
      var walk = FunctionWalk(function)
      let expected = walk.run(arguments)
      let machine = Machine(compile(function))
      let tensors = zip(arguments, function.parameters).map {
        Tensor(shape: function.type(of: $1).shape.numbers ?? [], values: $0)
      }
      try machine.run(tensors)
      for (index, numbers) in expected.enumerated() {
        let same = zip(machine.tensor(index).values, numbers).allSatisfy { pair in
          pair.0 == pair.1 || pair.0.isNaN && pair.1.isNaN
        }
        #expect(same, "seed \(1000 * batch + seed)\n\(function.text())\n\(machine.program)")
      }
    }
  }
}

/// A writer of random functions over numbers, arrays of three and stacks.
private struct RandomLoops {
  private var builder = Builder(name: "main", simplifies: false, shares: false)
  private var generator: SeededGenerator
  private var numbers: [Value] = []
  private var arrays: [Value] = []
  private var indices: [Value] = []
  private var budget = 40

  static let array = ValueType(.real, Shape([3]))

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func function() -> Function {
    for name in ["a", "b"] { numbers.append(builder.function.addParameter(name, .real)) }
    arrays.append(builder.function.addParameter("x", RandomLoops.array))
    indices.append(builder.constant(1, .integer))
    writeStatements(8, depth: 0)
    builder.function.results = Array(numbers.suffix(3)) + arrays.suffix(2)
    return builder.function
  }

  private mutating func pick(_ values: [Value]) -> Value {
    // What was made last is read more often.
    let range = Bool.random(using: &generator) ? values.suffix(4) : values[...]
    return range.randomElement(using: &generator) ?? values[0]
  }

  private mutating func writeStatements(_ most: Int, depth: Int) {
    for _ in 0..<Int.random(in: 1...most, using: &generator) where budget > 0 {
      budget -= 1
      switch Int.random(in: 0..<(depth < 3 ? 13 : 9), using: &generator) {
      case 0, 1: numbers.append(builder.append(.sin, pick(numbers)))
      case 2: numbers.append(builder.append(.add, pick(numbers), pick(numbers)))
      case 3: numbers.append(builder.append(.sum, [pick(arrays)], .axis(0)))
      case 4: arrays.append(builder.append(.multiply, pick(arrays), pick(arrays)))
      case 5:
        let wide = builder.append(.broadcast, [pick(numbers)], .shape(Shape([3])))
        arrays.append(builder.append(.subtract, wide, pick(arrays)))
      case 6: readElement()
      case 7, 8: setElement()
      case 9, 10: writeConditional(depth)
      case 11: writeLoop(depth)
      default: writeStackLoops(depth)
      }
    }
  }

  private mutating func readElement() {
    let part = builder.append(
      .slice, [pick(arrays), pick(indices)], .window([.init(Dimension(1))]))
    numbers.append(builder.append(.reshape, [part], .shape(.scalar)))
  }

  private mutating func setElement() {
    let op: Op = Bool.random(using: &generator) ? .sliceSet : .sliceAdd
    let number = builder.append(.sin, pick(numbers))
    let part = builder.append(.reshape, [number], .shape(Shape([1])))
    arrays.append(
      builder.append(op, [pick(arrays), part, pick(indices)], .window([.init(Dimension(1))])))
  }

  /// Calls `body`, after which what it defined is out of sight.
  private mutating func scope<Result>(_ body: (inout Self) -> Result) -> Result {
    let (numbers, arrays, indices) = (numbers, arrays, indices)
    let result = body(&self)
    (self.numbers, self.arrays, self.indices) = (numbers, arrays, indices)
    return result
  }

  private mutating func condition() -> Value {
    builder.append(.less, pick(numbers), builder.append(.sin, pick(numbers)))
  }

  private mutating func writeConditional(_ depth: Int) {
    let condition = condition()
    let arms = builder.openArms()
    for arm in [arms.then, arms.otherwise] {
      if arm == arms.otherwise { builder.enter(arm) }
      let yields = scope { writer -> [Value] in
        if Bool.random(using: &writer.generator) { writer.writeStatements(4, depth: depth + 1) }
        return [
          writer.pick(writer.numbers), writer.pick(writer.arrays), writer.pick(writer.arrays),
        ]
      }
      builder.close(yielding: yields)
    }
    let results = builder.conditional(condition, arms)
    numbers.append(results[0])
    arrays += results[1...]
  }

  private mutating func writeLoop(_ depth: Int) {
    let initial = [pick(numbers), pick(numbers), pick(arrays), pick(arrays)]
    let limit = Bool.random(using: &generator) ? pick(indices) : builder.constant(3, .integer)
    let always = builder.constant(1, .boolean)
    let start = Bool.random(using: &generator) ? always : condition()
    let body = builder.openLoop(carrying: initial.map { builder.function.type(of: $0) })
    let yields = scope { writer -> [Value] in
      let parameters = writer.builder.function[body].parameters
      writer.indices.append(parameters[0])
      writer.numbers += parameters[1...2]
      writer.arrays += parameters[3...4]
      writer.writeStatements(6, depth: depth + 1)
      let go = Bool.random(using: &writer.generator) ? always : writer.condition()
      let numbers = [writer.pick(writer.numbers), writer.pick(writer.numbers)]
      return [go] + numbers + [writer.pick(writer.arrays), writer.pick(writer.arrays)]
    }
    builder.close(yielding: yields)
    let results = builder.loop(start: start, limit: limit, initial, body)
    numbers += results[..<2]
    arrays += results[2..<4]
    // Indices stay below three.
    if limit != builder.constant(3, .integer) { indices.append(results[4]) }
  }

  /// A loop that pushes numbers and arrays, and one that takes them off.
  private mutating func writeStackLoops(_ depth: Int) {
    let (number, array) = (pick(numbers), pick(arrays))
    let limit = builder.constant(3, .integer)
    let always = builder.constant(1, .boolean)
    let stacks = [ValueType.real, RandomLoops.array].map { builder.emptyStack(of: $0) }
    let types = [.real, RandomLoops.array] + stacks.map { builder.function.type(of: $0) }
    let pushing = builder.openLoop(carrying: types)
    let pushed = scope { writer -> [Value] in
      let parameters = writer.builder.function[pushing].parameters
      writer.numbers.append(parameters[1])
      writer.arrays.append(parameters[2])
      writer.writeStatements(4, depth: depth + 1)
      let (number, array) = (writer.pick(writer.numbers), writer.pick(writer.arrays))
      return [
        always, number, array, writer.builder.push(number, onto: parameters[3]),
        writer.builder.push(array, onto: parameters[4]),
      ]
    }
    builder.close(yielding: pushed)
    let first = builder.loop(start: always, limit: limit, [number, array] + stacks, pushing)
    let popping = builder.openLoop(carrying: types)
    let popped = scope { writer -> [Value] in
      let parameters = writer.builder.function[popping].parameters
      let (number, numbers) = writer.builder.pop(parameters[3])
      let (array, arrays) = writer.builder.pop(parameters[4])
      writer.numbers += [parameters[1], number]
      writer.arrays += [parameters[2], array]
      writer.writeStatements(4, depth: depth + 1)
      return [always, writer.pick(writer.numbers), writer.pick(writer.arrays), numbers, arrays]
    }
    builder.close(yielding: popped)
    let last = builder.loop(
      start: always, limit: limit, [number, array] + first[2..<4], popping)
    numbers.append(last[0])
    arrays.append(last[1])
  }
}

/// A walk over a function that computes each value in memory of its own.
private struct FunctionWalk {
  private let function: Function
  private var values: [[Double]]
  /// The values that stacks hold.
  private var stacks: [[[Double]]]

  init(_ function: Function) {
    self.function = function
    values = Array(repeating: [], count: function.valueCount)
    stacks = Array(repeating: [], count: function.valueCount)
    for index in 0..<function.valueCount {
      guard let number = function.constant(Value(index)) else { continue }
      values[index] = [number]
    }
  }

  mutating func run(_ arguments: [[Double]]) -> [[Double]] {
    for (parameter, argument) in zip(function.parameters, arguments) {
      values[parameter.position] = argument
    }
    run(.body)
    return function.results.map { values[$0.position] }
  }

  private mutating func run(_ region: RegionID) {
    for id in function[region].instructions { run(function[id]) }
  }

  private mutating func assign(_ values: [Value], to others: [Value]) {
    let copies = values.map { (self.values[$0.position], stacks[$0.position]) }
    for (other, copy) in zip(others, copies) {
      (self.values[other.position], stacks[other.position]) = copy
    }
  }

  private mutating func run(_ instruction: Instruction) {
    let operands = Array(function.operands(of: instruction))
    let results = Array(instruction.results)
    switch instruction.op {
    case .conditional:
      let arms = instruction.arms
      let arm = values[operands[0].position][0] != 0 ? arms.then : arms.otherwise
      run(arm)
      assign(function[arm].yields, to: results)
    case .loop: runLoop(function[instruction.body], instruction.body, operands, results)
    case .push:
      stacks[results[0].position] =
        stacks[operands[0].position] + [values[operands[1].position]]
    case .pop:
      var stack = stacks[operands[0].position]
      values[results[0].position] = stack.removeLast()
      stacks[results[1].position] = stack
    default:
      let inputs = operands.map { values[$0.position] }
      values[results[0].position] = FunctionWalk.value(instruction.op, inputs)
    }
  }

  private mutating func runLoop(
    _ region: Region, _ body: RegionID, _ operands: [Value], _ results: [Value]
  ) {
    let limit = values[operands[1].position][0]
    let carried = Array(region.parameters[1...])
    assign(Array(operands[2...]), to: carried)
    var goes = values[operands[0].position][0] != 0
    var turn = 0.0
    while goes, turn < limit {
      values[region.parameters[0].position] = [turn]
      run(body)
      goes = values[region.yields[0].position][0] != 0
      assign(Array(region.yields[1...]), to: carried)
      turn += 1
    }
    assign(carried, to: results)
    values[results[results.count - 1].position] = [turn]
  }

  private static func value(_ op: Op, _ x: [[Double]]) -> [Double] {
    switch op {
    case .sum: return [x[0].reduce(0, +)]
    case .broadcast: return Array(repeating: x[0][0], count: 3)
    case .reshape: return x[0]
    case .slice: return [x[0][Int(x[1][0])]]
    case .sliceSet, .sliceAdd:
      var array = x[0]
      let index = Int(x[2][0])
      array[index] = op == .sliceSet ? x[1][0] : array[index] + x[1][0]
      return array
    default: return x[0].indices.map { kernel(op, x[0][$0], x.count > 1 ? x[1][$0] : 0, 0) }
    }
  }
}
