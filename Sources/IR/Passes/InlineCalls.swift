extension Module {
  /// The largest number of instructions that a program may have once its calls are expanded.
  package static let largestExpansion = 20_000_000

  /// Returns how many instructions the program has, with the functions that calls share, once the other
  /// calls are expanded; at most `Int.max / 4`.
  package func expandedSize(_ sharing: CallSharing = CallSharing()) -> Int {
    let choice = sharing.choice(self)
    let shared = choice.filter(\.stays).reduce(0) { min($0 + $1.size, Int.max / 4) }
    return min(shared + (choice.last?.size ?? 0), Int.max / 4)
  }

  /// How many instructions the program has once all calls are expanded; at most `Int.max / 4`.
  var wholeSize: Int {
    // Callees come before their callers, the program itself last.
    var sizes: [Int] = []
    for function in functions {
      let size = function.instructions.reduce(0) { size, instruction in
        min(Int.max / 4, size + (instruction.op == .call ? sizes[Int(instruction.attribute)] : 1))
      }
      sizes.append(size)
    }
    return sizes.last ?? 0
  }

  /// Returns the program with each call replaced by the body of what it calls, but for those that
  /// share a function.
  package func inlined(
    _ sharing: CallSharing = CallSharing(), simplifying: Bool = true
  ) -> Function {
    guard main.contains(.call) else { return main }
    var expansion = CallExpansion(self, sharing, simplifying)
    return expansion.run()
  }
}

/// A walk over the functions of a module that expands calls.
private struct CallExpansion {
  let functions: [Function]
  let stays: [Bool]
  let simplifies: Bool
  /// The functions that stay, callees before their callers.
  var callees: [Function] = []
  /// For each function of the module that stays its number among these.
  var numbers: [Int: Int] = [:]

  init(_ module: Module, _ sharing: CallSharing, _ simplifies: Bool) {
    functions = module.functions
    stays = sharing.choice(module).map(\.stays)
    self.simplifies = simplifies
  }

  mutating func run() -> Function {
    for index in functions.indices where stays[index] {
      let callee = expanded(functions[index]).withoutMarks(simplifying: simplifies)
      numbers[index] = callees.count
      callees.append(callee)
    }
    var main = expanded(functions[functions.count - 1])
    main.callees = callees
    return main.withoutUncalledFunctions()
  }

  private func expanded(_ function: Function) -> Function {
    function.rewritten(simplifying: simplifies, sharing: simplifies) { rewriter, instruction in
      expand(&rewriter, instruction)
    }
  }

  private func expand(_ rewriter: inout Rewriter, _ instruction: Instruction) -> [Value]? {
    guard instruction.op == .call else { return nil }
    let index = Int(instruction.attribute)
    let operands = rewriter.mappedOperands(instruction)
    guard let number = numbers[index] else {
      return rewriter.inline(functions[index], operands, expand)
    }
    return rewriter.builder.call(number, operands, returning: functions[index].resultTypes)
  }
}
