import BPIR
import BPLexer

extension Compilation {
  /// Writes `enter to B; A: …; next to A; B:`.
  ///
  /// What is carried stands in one block from before the first turn until after the last one.
  mutating func compileTurns(_ loop: Instruction) {
    let region = function[loop.body]
    let operands = Array(function.operands(of: loop))
    let results = Array(loop.results)
    let homes = chooseHomes(operands[2...], results, readAlso: operands[0])
    emitMoves(Array(operands[2...]), to: Array(region.parameters[1...]), homes, loop.span)
    place(region.parameters[0])
    let counter = blockOf[region.parameters[0].position]
    hold(counter)
    for (parameter, home) in zip(region.parameters[1...], homes) where home >= 0 {
      put(parameter, into: home)
    }
    emitReserves(loop)
    let start = program.code.count
    emitTurn(.enter, .enterIf, operands[0], loop)
    release(operands)
    position += 1
    compileBody(loop, homes)
    emitTurn(.next, .nextIf, region.yields[0], loop)
    program.code[program.code.count - 1].target = UInt32(start + 1)
    program.code[start].target = UInt32(program.code.count)
    release(region.yields)
    release(liveness.lastReads(of: loop.body))
    putResults(results, into: homes + [counter])
  }

  private mutating func compileBody(_ loop: Instruction, _ homes: [Int]) {
    let region = function[loop.body]
    for (yield, home) in zip(region.yields[1...], homes) where home >= 0 { wish(yield, in: home) }
    compile(loop.body)
    emitMoves(Array(region.yields[1...]), to: Array(region.parameters[1...]), homes, loop.span)
  }

  /// Writes what starts or ends a turn: with a condition unless that always holds.
  private mutating func emitTurn(
    _ always: Bytecode.Kind, _ conditional: Bytecode.Kind, _ condition: Value, _ loop: Instruction
  ) {
    let isAlways = function.constant(condition) == 1
    emit(
      Bytecode(
        kind: isAlways ? always : conditional, op: .mark, target: 0,
        a: slot(slots[function[loop.body].parameters[0].position]),
        b: slot(memory(of: function.operand(1, of: loop))),
        c: isAlways ? 0 : slot(memory(of: condition)), isNumbered: isNumbered(loop)), loop.span)
  }

  /// Whether something reads the number of a turn, or how many there were.
  private func isNumbered(_ loop: Instruction) -> Bool {
    isRead[function[loop.body].parameters[0].position]
      || loop.results.suffix(1).contains { isRead[$0.position] }
  }

  // MARK: - Homes

  /// Returns the blocks in which what is carried stands, which are held; -1 for stacks.
  ///
  /// - Parameter other: What is read after what is carried has its first values.
  mutating func chooseHomes(
    _ initial: ArraySlice<Value>, _ results: [Value], readAlso other: Value
  ) -> [Int] {
    var chosen: Set<Int> = []
    var homes: [Int] = []
    let start = blockOf[function.root(of: other).position]
    if start >= 0 { chosen.insert(start) }
    for (initial, result) in zip(initial, results) {
      guard !function.type(of: result).isStack else {
        homes.append(-1)
        continue
      }
      let home =
        inherited(from: initial, chosen) ?? wished(by: result, after: position, chosen)
        ?? newBlock(for: result)
      hold(home)
      chosen.insert(home)
      homes.append(home)
    }
    return homes
  }

  /// Returns the block of the initial value when nothing reads that any more.
  private func inherited(from initial: Value, _ chosen: Set<Int>) -> Int? {
    let root = function.root(of: initial)
    let block = blockOf[root.position]
    guard isFree(root, after: position), blocks[block].occupant == root, !chosen.contains(block)
    else { return nil }
    return block
  }
}

extension Function {
  /// For each value whether an instruction, the end of a region or the result reads it.
  var readValues: [Bool] {
    var isRead = Array(repeating: false, count: valueCount)
    for instruction in instructions {
      for operand in operands(of: instruction) { isRead[operand.position] = true }
    }
    for region in regions {
      for value in region.yields { isRead[value.position] = true }
    }
    for value in results { isRead[value.position] = true }
    return isRead
  }
}
