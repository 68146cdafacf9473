import BPIR

/// A piece of memory: one value after another stands in it.
struct Block {
  /// Where it starts.
  let slot: Int
  /// How many numbers it holds.
  let count: Int
  /// The place after which nothing reads the values that stood in it so far.
  var end: Int
  /// The value that stands in it; nil before the first.
  var occupant: Value?
  /// How many conditionals and loops around put their results in it.
  var holds = 0
  /// Whether its memory was given back.
  var isFree = false
}

extension Compilation {
  /// Returns the number of a new block for the elements of `value`.
  mutating func newBlock(for value: Value) -> Int {
    let count = function.elementCount(of: value)
    let size = plan.size
    let slot = plan.take(count)
    claim(value, from: size)
    blocks.append(Block(slot: slot, count: count, end: position))
    return blocks.count - 1
  }

  /// Puts `value` into a block.
  mutating func put(_ value: Value, into block: Int) {
    occupantLog.append((block, blocks[block].occupant))
    blocks[block].occupant = value
    blocks[block].end = max(blocks[block].end, liveness.lastUse(of: value), position)
    blockOf[value.position] = block
    slots[value.position] = blocks[block].slot
  }

  /// Gives `value` memory that nothing else uses while it is alive: where it is wanted in the end, if
  /// nothing reads what stands there after place `last`.
  mutating func place(_ value: Value, after last: Int? = nil) {
    let wish = wishes[value.position]
    let isVacant = wish >= 0 && canHold(wish, value) && isVacant(wish, after: last ?? position - 1)
    put(value, into: isVacant ? wish : newBlock(for: value))
  }

  /// Whether a block is of the size of `value`.
  func canHold(_ block: Int, _ value: Value) -> Bool {
    !blocks[block].isFree && blocks[block].count == function.elementCount(of: value)
  }

  /// Whether nothing reads what stands in a block after `place`.
  func isVacant(_ block: Int, after place: Int) -> Bool {
    guard let occupant = blocks[block].occupant else { return true }
    return !liveness.isRead(occupant, after: place, except: skipped)
  }

  /// Whether the memory of `root` can be written after this step.
  func diesHere(_ root: Value) -> Bool { isFree(root, after: position) }

  /// Whether `root` has memory of its own that nothing reads after `place`.
  func isFree(_ root: Value, after place: Int) -> Bool {
    let block = blockOf[root.position]
    return block >= 0 && !blocks[block].isFree && isVacant(block, after: place)
  }

  /// Gives back the memory of the values whose last use is this step.
  mutating func release(_ values: some Sequence<Value>) {
    for value in values { releaseBlock(blockOf[owner(of: value).position]) }
  }

  /// Gives back a block that nothing reads any more.
  mutating func releaseBlock(_ block: Int) {
    guard block >= 0, blocks[block].end <= position, blocks[block].holds == 0,
      !blocks[block].isFree
    else { return }
    blocks[block].isFree = true
    plan.giveBack(blocks[block].slot, blocks[block].count)
  }

  /// Keeps a block for the results of a construct until `letGo`.
  mutating func hold(_ block: Int) { blocks[block].holds += 1 }

  /// Ends what `hold` began.
  mutating func letGo(_ block: Int) {
    blocks[block].holds -= 1
    releaseBlock(block)
  }

  /// Forgets what was put into blocks since the log had `count` entries: the other arm starts with what
  /// was there before.
  mutating func forgetOccupants(since count: Int) {
    while occupantLog.count > count, let (block, occupant) = occupantLog.popLast() {
      blocks[block].occupant = occupant
    }
  }

  // MARK: - Wishes

  /// Makes `value` stand in `block` where that is possible, and what it is made of in place.
  mutating func wish(_ value: Value, in block: Int) {
    var next: Value? = function.root(of: value)
    var steps = 0
    while let value = next, wishes[value.position] < 0, slots[value.position] < 0, steps < 64 {
      wishes[value.position] = block
      next = predecessor(of: value).map { function.root(of: $0) }
      steps += 1
    }
  }

  /// Returns the value in whose memory `value` is made, where there is one.
  func predecessor(of value: Value) -> Value? {
    guard case .result(let id, let position) = function.definition(of: value) else { return nil }
    let instruction = function[id]
    switch instruction.op {
    case .sliceAdd, .sliceSet, .scatterAdd, .scatterSet: return function.operand(0, of: instruction)
    case .loop, .sweep:
      return position + 1 < instruction.resultCount
        ? function.operand(2 + Int(position), of: instruction) : nil
    case .revolve: return function.operand(3 + Int(position), of: instruction)
    default: return nil
    }
  }
}
