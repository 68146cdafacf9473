// A function that stands alone brings along the functions that it calls: callees before their callers, and
// the calls in them count in the same list.

extension Function {
  /// The types of the parameters.
  package var parameterTypes: [ValueType] { parameters.map(type) }

  /// The types of the results.
  package var resultTypes: [ValueType] { results.map(type) }

  /// Returns callee number `index` as a function that stands alone.
  package func callee(_ index: Int) -> Function {
    var callee = callees[index]
    callee.callees = Array(callees[..<index])
    return callee
  }

  /// Returns the function with `body` applied to what it calls.
  func mappingCallees(_ body: (Function) -> Function) -> Function {
    guard !callees.isEmpty else { return self }
    var function = self
    function.callees = callees.map(body)
    return function
  }

  /// Returns the function without callees that no call reaches.
  package func withoutUncalledFunctions() -> Function {
    guard !callees.isEmpty else { return self }
    var isCalled = Array(repeating: false, count: callees.count)
    for index in calledFunctions { isCalled[index] = true }
    for index in callees.indices.reversed() where isCalled[index] {
      for inner in callees[index].calledFunctions { isCalled[inner] = true }
    }
    guard isCalled.contains(false) else { return self }
    var numbers: [Int] = []
    for called in isCalled { numbers.append((numbers.last ?? -1) + (called ? 1 : 0)) }
    var function = renumberingCalls(numbers)
    function.callees = callees.indices.filter { isCalled[$0] }.map {
      callees[$0].renumberingCalls(numbers)
    }
    return function
  }

  private var calledFunctions: [Int] {
    instructions.filter { $0.op == .call }.map { Int($0.attribute) }
  }

  /// Returns the function with calls of what `numbers` says in place of each number.
  func renumberingCalls(_ numbers: [Int]) -> Function {
    rewritten(simplifying: false, sharing: false) { rewriter, instruction in
      guard instruction.op == .call else { return nil }
      let types = instruction.results.map { rewriter.old.type(of: $0) } as [ValueType]
      let number = numbers[Int(instruction.attribute)]
      return rewriter.builder.call(number, rewriter.mappedOperands(instruction), returning: types)
    }
  }
}
