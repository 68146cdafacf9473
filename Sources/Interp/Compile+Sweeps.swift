import BPIR
import BPLexer

extension Compilation {
  /// Writes `begin; A: sweep, else jump to C; B: …; next to B; jump to A; C:`.
  mutating func compileSweep(_ sweep: Instruction) {
    let operands = Array(function.operands(of: sweep))
    let region = function[sweep.body]
    let results = Array(sweep.results.dropLast())
    let homes = chooseHomes(operands[2...], results, readAlso: operands[0])
    emitMoves(Array(operands[2...]), to: Array(region.parameters[1...]), homes, sweep.span)
    let number = program.snapshots.count
    snapshots[sweep.results[sweep.results.endIndex - 1]] = number
    let (turns, counter) = openTurns(region.parameters, homes)
    program.snapshots.append(
      Program.Snapshots(
        count: function.constant(operands[1]).flatMap { Int(exactly: $0) } ?? 1,
        sizes: homes.map { blocks[$0].count }, sweep: turns))
    emit(
      Bytecode(
        kind: .begin, op: .mark, target: UInt32(number), a: slot(memory(of: operands[0]))),
      sweep.span)
    let driver = emitDriver(.sweep, number, sweep.span)
    release(operands)
    position += 1
    compileTurnForward(sweep.body, homes, turns, driver, sweep.span)
    closeTurns(sweep.body, turns, counter, driver)
    putResults(results, into: homes)
  }

  /// Writes `A: revolve, else jump to C; B: …; next to B; jump to A; …; jump to A; C:`.
  ///
  /// The state stands in the same blocks in both kinds of turns: a turn back may change it, since from
  /// then on a snapshot is what is wanted.
  mutating func compileRevolve(_ revolve: Instruction) {
    let operands = Array(function.operands(of: revolve))
    let (forward, back) = (revolve.regions[0], revolve.regions[1])
    let parameters = function[forward].parameters
    let results = Array(revolve.results)
    let homes = chooseHomes(operands[3...], results, readAlso: operands[2])
    let adjoints = Array(function[back].parameters[parameters.count...])
    emitMoves(Array(operands[3...]), to: adjoints, homes, revolve.span)
    let state = parameters[1...].map { newBlock(for: $0) }
    for block in state { hold(block) }
    var (turns, counter) = openTurns(parameters, state)
    for (adjoint, home) in zip(adjoints, homes) { put(adjoint, into: home) }
    let number = snapshots[operands[2]] ?? newSnapshots(state, turns)
    let driver = emitDriver(.revolve, number, revolve.span)
    release(operands)
    position += 1
    compileTurnForward(forward, state, turns, driver, revolve.span)
    release(function[forward].yields)
    position += 1
    turns.back = program.code.count
    program.snapshots[number].revolve = turns
    compileTurnBack(back, [counter] + state, homes, driver, revolve.span)
    closeTurns(back, turns, counter, driver)
    for block in state { letGo(block) }
    putResults(results, into: homes)
  }

  /// Returns the number of snapshots that no sweep keeps: there are no turns to take back.
  private mutating func newSnapshots(_ state: [Int], _ turns: Program.Turns) -> Int {
    program.snapshots.append(
      Program.Snapshots(count: 1, sizes: state.map { blocks[$0].count }, sweep: turns))
    return program.snapshots.count - 1
  }

  /// Makes what turns start with stand in blocks, and returns where, and the block of their number.
  private mutating func openTurns(
    _ parameters: [Value], _ homes: [Int]
  ) -> (turns: Program.Turns, counter: Int) {
    let counter = newBlock(for: parameters[0])
    hold(counter)
    put(parameters[0], into: counter)
    for (parameter, home) in zip(parameters[1...], homes) { put(parameter, into: home) }
    let turns = Program.Turns(
      state: homes.map { blocks[$0].slot }, counter: blocks[counter].slot, limit: plan.take(1))
    return (turns, counter)
  }

  private mutating func emitDriver(_ kind: Bytecode.Kind, _ number: Int, _ span: Span) -> Int {
    emit(Bytecode(kind: kind, op: .mark, target: 0, a: UInt32(number)), span)
    return program.code.count - 1
  }

  private mutating func compileTurnForward(
    _ region: RegionID, _ homes: [Int], _ turns: Program.Turns, _ driver: Int, _ span: Span
  ) {
    compileTurn(region, Array(function[region].parameters[1...]), homes, span)
    emit(
      Bytecode(
        kind: .next, op: .mark, target: UInt32(driver + 1), a: slot(turns.counter),
        b: slot(turns.limit)), span)
    emit(Bytecode(kind: .jump, op: .mark, target: UInt32(driver)), span)
  }

  private mutating func compileTurnBack(
    _ region: RegionID, _ state: [Int], _ homes: [Int], _ driver: Int, _ span: Span
  ) {
    let parameters = function[region].parameters
    for (parameter, block) in zip(parameters, state) { put(parameter, into: block) }
    compileTurn(region, Array(parameters[state.count...]), homes, span)
    emit(Bytecode(kind: .jump, op: .mark, target: UInt32(driver)), span)
  }

  /// Writes a turn, which ends with what it yields in the blocks that are carried.
  private mutating func compileTurn(
    _ region: RegionID, _ carried: [Value], _ homes: [Int], _ span: Span
  ) {
    for (yield, home) in zip(function[region].yields, homes) { wish(yield, in: home) }
    compile(region)
    emitMoves(function[region].yields, to: carried, homes, span)
  }

  /// Gives back what the turns of the last region needed.
  private mutating func closeTurns(
    _ region: RegionID, _ turns: Program.Turns, _ counter: Int, _ driver: Int
  ) {
    program.code[driver].target = UInt32(program.code.count)
    release(function[region].yields)
    release(liveness.lastReads(of: region))
    plan.giveBack(turns.limit, 1)
    letGo(counter)
  }
}
