import BPIR
import BPLexer

/// A function as code that calls jump to, with places of its own: no function calls itself, so one set of
/// them is enough, and so is one place to come back to.
struct Routine {
  /// The first instruction.
  let entry: Int
  /// The jump back, whose target a call sets.
  let exit: Int
  /// Where the arguments are handed in.
  let parameters: [Int]
  /// Where the results stand.
  let results: [Int]
}

/// Returns `function` as bytecode.
///
/// - Parameter function: a function after `finished()`, without marks and derived operations, whose
///   shapes are all known.
package func compile(_ function: Function) -> Program {
  var program = Program()
  var routines: [Routine] = []
  guard !function.callees.isEmpty else { return main(function, program, routines) }
  program.append(Bytecode(kind: .jump, op: .mark, target: 0), .none)
  for index in function.callees.indices {
    var compilation = Compilation(function.callee(index), after: program, routines)
    routines.append(compilation.runAsRoutine())
    program = compilation.program
  }
  program.code[0].target = UInt32(program.code.count)
  return main(function, program, routines)
}

private func main(_ function: Function, _ program: Program, _ routines: [Routine]) -> Program {
  var compilation = Compilation(function, after: program, routines)
  compilation.run()
  return compilation.program
}

extension Compilation {
  /// Writes the code of a function that calls jump to.
  fileprivate mutating func runAsRoutine() -> Routine {
    let entry = program.code.count
    placeValues()
    compile(.body)
    emit(Bytecode(kind: .jump, op: .mark, target: 0), .none)
    program.slotCount = plan.size
    return Routine(
      entry: entry, exit: program.code.count - 1, parameters: function.parameters.map(memory),
      results: function.results.map(memory))
  }

  /// Writes a call: the arguments go to the places of the function, and the results come from there.
  mutating func compileCall(_ instruction: Instruction) {
    let routine = routines[Int(instruction.attribute)]
    let operands = Array(function.operands(of: instruction))
    for (operand, parameter) in zip(operands, routine.parameters) {
      emitCopy(from: memory(of: operand), to: parameter, 1, instruction.span)
    }
    emit(
      Bytecode(
        kind: .call, op: .mark, target: UInt32(routine.entry), a: UInt32(routine.exit)),
      instruction.span)
    release(operands)
    for (result, source) in zip(instruction.results, routine.results) {
      place(result, after: position)
      emitCopy(from: source, to: slots[result.position], 1, instruction.span)
    }
    for result in instruction.results { releaseUnused(result) }
  }
}
