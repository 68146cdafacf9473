extension Module {
  /// The largest number of instructions that a program may have once its calls are expanded.
  package static let largestExpansion = 20_000_000

  /// Returns how many instructions the program has once its calls are expanded; at most
  /// `Int.max / 4`.
  package func expandedSize() -> Int {
    // Callees come before their callers, the program itself last.
    var sizes: [Int] = []
    for function in functions {
      var size = 0
      for instruction in function.instructions {
        size += instruction.op == .call ? sizes[Int(instruction.attribute)] : 1
        size = min(size, Int.max / 4)
      }
      sizes.append(size)
    }
    return sizes.last ?? 0
  }

  /// Returns the program with every call replaced by the body of what it calls.
  package func inlined(simplifying: Bool = true) -> Function {
    guard main.contains(.call) else { return main }
    return main.rewritten(simplifying: simplifying, sharing: simplifying) { rewriter, instruction in
      inline(&rewriter, instruction)
    }
  }

  private func inline(_ rewriter: inout Rewriter, _ instruction: Instruction) -> [Value]? {
    guard instruction.op == .call else { return nil }
    let callee = functions[Int(instruction.attribute)]
    return rewriter.inline(callee, rewriter.mappedOperands(instruction), inline)
  }
}
