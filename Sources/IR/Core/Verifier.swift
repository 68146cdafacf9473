extension Function {
  /// Returns what is wrong with the function, one sentence each; empty when it is sound.
  ///
  /// It is sound when every operand is defined before its use in a region that encloses the use, the
  /// types are those that the rows ask for, the arms of a conditional yield the same types, and each
  /// constant is one of its type.
  ///
  /// - Parameter calls: for each function that may be called, the types of its parameters and
  ///   results.
  package func problems(calls: [(parameters: [ValueType], results: [ValueType])] = []) -> [String] {
    guard callees.isEmpty else { return problemsWithCallees }
    var verifier = Verifier(self, calls)
    verifier.run()
    return verifier.problems
  }
}

/// A walk over a function that checks it.
private struct Verifier {
  let function: Function
  let calls: [(parameters: [ValueType], results: [ValueType])]
  var problems: [String] = []
  private var isVisible: [Bool]

  init(_ function: Function, _ calls: [(parameters: [ValueType], results: [ValueType])]) {
    self.function = function
    self.calls = calls
    isVisible = (0..<function.valueCount).map { function.constant(Value($0)) != nil }
  }

  mutating func run() {
    for parameter in function.parameters { isVisible[parameter.position] = true }
    let names = function.parameterNames.count
    expect(names == function.parameters.count, "\(names) names for the parameters")
    for index in 0..<function.valueCount { checkConstant(Value(index)) }
    check(.body)
  }

  private mutating func expect(_ holds: Bool, _ problem: @autoclosure () -> String) {
    if !holds { problems.append("\(function.name): \(problem())") }
  }

  private mutating func checkConstant(_ value: Value) {
    guard let number = function.constant(value) else { return }
    let type = function.type(of: value)
    expect(type.holds(number), "the constant \(number) is of type \(type)")
  }

  /// Checks a region; the values that it makes are visible until its end.
  private mutating func check(_ region: RegionID) {
    var made = function[region].parameters
    for parameter in made { isVisible[parameter.position] = true }
    for id in function[region].instructions {
      let instruction = function[id]
      expect(instruction.region == region, "\(instruction.op) is filed under another region")
      for operand in function.operands(of: instruction) {
        expect(isVisible[operand.position], "\(instruction.op) uses \(operand) out of its scope")
      }
      if instruction.op == .conditional { checkArms(instruction) }
      if instruction.op == .loop { checkLoop(instruction) }
      if instruction.op == .sweep || instruction.op == .revolve { checkTurns(instruction) }
      checkTypes(instruction)
      for result in instruction.results {
        expect(!isVisible[result.position], "\(result) is defined twice")
        isVisible[result.position] = true
        made.append(result)
      }
    }
    for yield in function[region].yields {
      expect(isVisible[yield.position], "\(yield) is yielded out of its scope")
    }
    if region != .body {
      for value in made { isVisible[value.position] = false }
    }
  }

  private mutating func checkArms(_ instruction: Instruction) {
    let types = function.resultTypes(of: instruction)
    for arm in [instruction.arms.then, instruction.arms.otherwise] {
      check(arm)
      let yielded = function[arm].yields.map(function.type)
      expect(yielded == types, "an arm yields \(yielded) and not \(types)")
    }
  }

  /// Checks that a loop hands in, yields and results in the same types.
  private mutating func checkLoop(_ instruction: Instruction) {
    let results = function.resultTypes(of: instruction)
    let carried = Array(results.dropLast())
    let operands = function.operands(of: instruction).map(function.type)
    expect(results.last == .integer, "a loop has no number of turns")
    expect(
      operands == [.boolean, .integer] + carried, "a loop carries \(carried) from \(operands)")
    let parameters = function[instruction.body].parameters.map(function.type)
    expect(parameters == [.integer] + carried, "the turns of a loop take \(parameters)")
    check(instruction.body)
    let yields = function[instruction.body].yields.map(function.type)
    expect(yields == [.boolean] + carried, "the turns of a loop yield \(yields)")
  }

  /// Checks that a sweep, or the way back, hands in, yields and results in the same types.
  private mutating func checkTurns(_ instruction: Instruction) {
    let isSweep = instruction.op == .sweep
    let operands = function.operands(of: instruction).map(function.type)
    let head: [ValueType] = [.integer, .integer] + (isSweep ? [] : [ValueType.real.stack])
    let carried = Array(operands.dropFirst(head.count))
    expect(operands.starts(with: head), "\(instruction.op) takes \(operands)")
    let results = carried + (isSweep ? [ValueType.real.stack] : [])
    expect(function.resultTypes(of: instruction) == results, "\(instruction.op) gives other types")
    let state = Array(function[instruction.body].parameters.dropFirst().map(function.type))
    checkTurn(instruction.body, carrying: [.integer] + state, yielding: state)
    expect(!isSweep || state == carried, "a sweep carries \(state) from \(carried)")
    for back in instruction.regions.dropFirst() {
      checkTurn(back, carrying: [.integer] + state + carried, yielding: carried)
    }
  }

  private mutating func checkTurn(
    _ region: RegionID, carrying parameters: [ValueType], yielding yields: [ValueType]
  ) {
    expect(function[region].parameters.map(function.type) == parameters, "a turn takes other types")
    check(region)
    expect(function[region].yields.map(function.type) == yields, "a turn yields other types")
  }

  private mutating func checkTypes(_ instruction: Instruction) {
    let operands = function.operands(of: instruction)
    let results = function.resultTypes(of: instruction)
    switch instruction.op {
    case .conditional:
      expect(operands.map(function.type) == [.boolean], "a conditional needs one condition")
    case .loop, .sweep, .revolve: break
    case .pop:
      let type = function.type(of: function.operand(0, of: instruction))
      expect(type.isStack, "a pop of \(type)")
      expect(results == [type.unstacked, type], "a pop gives \(results)")
    case .call:
      let index = Int(instruction.attribute)
      guard index < calls.count else { return expect(false, "call of function \(index)") }
      expect(operands.map(function.type) == calls[index].parameters, "arguments of a call")
      expect(results == calls[index].results, "results of a call")
    case _ where instruction.op.isArrayOperation:
      let types = operands.map(function.type)
      let type = instruction.op.arrayType(of: types, function.attribute(of: instruction))
      expect(type != nil, "\(instruction.op) does not take \(types)")
      expect([type] == results.map(Optional.some), "\(instruction.op) gives \(results)")
    default:
      let type = instruction.op.info.type.result(of: operands, in: function)
      let types = operands.map { function.type(of: $0).description }.joined(separator: ", ")
      expect(type != nil, "\(instruction.op) does not take \(types)")
      expect([type] == results.map(Optional.some), "\(instruction.op) gives \(results)")
      let count = instruction.op.info.parameters.count
      let fits = instruction.op.info.takes(operands.count)
      expect(fits, "\(instruction.op) takes \(count) operands and not \(operands.count)")
    }
  }
}

extension Module {
  /// Returns what is wrong with the functions, one sentence each; empty when they are sound.
  package var problems: [String] { Module.problems(of: functions) }

  /// Returns what is wrong with functions of which each may call those before it.
  fileprivate static func problems(of functions: [Function]) -> [String] {
    let signatures = functions.map {
      (parameters: $0.parameterTypes, results: $0.resultTypes)
    }
    return functions.enumerated().flatMap { index, function in
      function.problems(calls: Array(signatures[..<index]))
    }
  }
}

extension Function {
  fileprivate var problemsWithCallees: [String] {
    var alone = self
    alone.callees = []
    return Module.problems(of: callees + [alone])
  }
}
