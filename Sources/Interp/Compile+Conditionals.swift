import BPIR
import BPLexer

extension Compilation {
  /// Writes `jump to A unless c; then …; jump to B; A: otherwise …; B:`.
  mutating func compileConditional(_ instruction: Instruction) {
    let condition = function.operand(0, of: instruction)
    let (then, otherwise) = instruction.arms
    let targets = chooseBlocks(instruction)
    let logged = occupantLog.count
    let branch = program.code.count
    emit(
      Bytecode(kind: .jumpUnless, op: .mark, target: 0, a: slot(memory(of: condition))),
      instruction.span)
    skipped.append(regionEnds[then.position] + 1...regionEnds[otherwise.position])
    compileArm(then, instruction, targets)
    skipped.removeLast()
    forgetOccupants(since: logged)
    let exit = program.code.count
    emit(Bytecode(kind: .jump, op: .mark, target: 0), instruction.span)
    compileArm(otherwise, instruction, targets)
    forgetOccupants(since: logged)
    closeArms(branch: branch, exit: exit)
    release([condition])
    putResults(Array(instruction.results), into: targets)
  }

  /// Sets where the jumps go; an arm without code needs no jump over it.
  private mutating func closeArms(branch: Int, exit: Int) {
    if program.code.count == exit + 1 {
      program.code.removeLast()
      program.spans.removeLast()
      program.code[branch].target = UInt32(exit)
    } else {
      program.code[branch].target = UInt32(exit + 1)
      program.code[exit].target = UInt32(program.code.count)
    }
  }

  private mutating func compileArm(
    _ region: RegionID, _ instruction: Instruction, _ targets: [Int]
  ) {
    compile(region)
    emitMoves(function[region].yields, to: Array(instruction.results), targets, instruction.span)
    release(function[region].yields)
    position += 1
  }

  /// Makes results stand in blocks that were held for them; -1 stands for that of a stack.
  mutating func putResults(_ results: [Value], into targets: [Int]) {
    for (result, block) in zip(results, targets) where block >= 0 {
      put(result, into: block)
      letGo(block)
    }
  }

  // MARK: - Places of results

  /// Returns the blocks that the results will stand in, which are held; -1 for stacks.
  private mutating func chooseBlocks(_ instruction: Instruction) -> [Int] {
    var chosen: Set<Int> = []
    var targets: [Int] = []
    let arms = [instruction.arms.otherwise, instruction.arms.then].map { function[$0].yields }
    let end = regionEnds[instruction.arms.otherwise.position] + 1
    for (position, result) in instruction.results.enumerated() {
      guard !function.type(of: result).isStack else {
        targets.append(-1)
        continue
      }
      let yields = arms.map { $0[position] }
      let block =
        inherited(by: result, from: yields, after: end, chosen)
        ?? wished(by: result, after: end, chosen) ?? newBlock(for: result)
      hold(block)
      chosen.insert(block)
      targets.append(block)
      for yield in yields { wish(yield, in: block) }
    }
    return targets
  }

  /// Returns the block of a value that an arm hands through, or changes in place, when nothing reads it
  /// after the conditional.
  private func inherited(
    by result: Value, from yields: [Value], after end: Int, _ chosen: Set<Int>
  ) -> Int? {
    for yield in yields {
      var root = function.root(of: yield)
      var steps = 0
      while blockOf[root.position] < 0, steps < 16, let next = predecessor(of: root) {
        root = function.root(of: next)
        steps += 1
      }
      let block = blockOf[root.position]
      guard isFree(root, after: end), canHold(block, result), blocks[block].occupant == root,
        !chosen.contains(block)
      else { continue }
      return block
    }
    return nil
  }

  /// Returns the block that `result` had best stand in, when nothing reads what stands there after
  /// `end`.
  func wished(by result: Value, after end: Int, _ chosen: Set<Int>) -> Int? {
    let block = wishes[result.position]
    guard block >= 0, canHold(block, result), !chosen.contains(block), isVacant(block, after: end)
    else { return nil }
    return block
  }
}
