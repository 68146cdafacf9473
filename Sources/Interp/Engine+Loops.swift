import BPIR

extension Engine {
  /// The elements of a loop that take long enough to ask before it whether the run is to stop.
  private static var longLoop: Int { 1 << 14 }

  /// Runs a loop tile by tile; returns what ends the run.
  @inline(never)
  func run(_ loop: UnsafePointer<LoopTask>) -> Trap.Reason? {
    let count = loop.pointee.count
    if count >= Engine.longLoop, limits.isInterrupted() { return .interrupted }
    if !loop.pointee.fillings.isEmpty { repeatNumbers(loop.pointee.fillings, count) }
    let operations = loop.pointee.operations
    var start = 0
    while start < count {
      let tileCount = min(ElementLoop.tile, count &- start)
      if !loop.pointee.fillings.isEmpty { fill(loop.pointee, start, tileCount) }
      var operation = tasks.operations + operations.lowerBound
      let end = tasks.operations + operations.upperBound
      while operation < end {
        run(operation, start, tileCount)
        operation += 1
      }
      start &+= tileCount
    }
    return nil
  }

  /// Fills the tiles of numbers, which stay the same for all elements.
  private func repeatNumbers(_ fillings: Range<Int>, _ count: Int) {
    for number in fillings where tasks.fillings[number].strides == nil {
      let filling = tasks.fillings[number]
      let tile = tiles + filling.register &* ElementLoop.tile
      let value = memory[filling.offset]
      for index in 0..<min(ElementLoop.tile, count) { tile[index] = value }
    }
  }

  /// Fills the other tiles with the `count` elements from number `start` on.
  private func fill(_ loop: LoopTask, _ start: Int, _ count: Int) {
    for number in loop.fillings {
      let filling = tasks.fillings[number]
      guard let strides = filling.strides else { continue }
      fill(
        tiles + filling.register &* ElementLoop.tile, loop, tasks.numbers + strides,
        filling.offset, start, count)
    }
  }

  @inline(__always)
  private func run(
    _ operation: UnsafeMutablePointer<TileOperation>, _ start: Int, _ count: Int
  ) {
    Scalar.tile(
      operation.pointee.op, operation.pointee.target.place(start, Scalar.self),
      operation.pointee.a.place(start, Scalar.self), operation.pointee.b.place(start, Scalar.self),
      operation.pointee.c.place(start, Scalar.self),
      (count &+ operation.pointee.padding) & ~operation.pointee.padding)
  }

  /// Fills a tile with the `count` elements from number `start` on.
  private func fill(
    _ tile: UnsafeMutablePointer<Scalar>, _ loop: LoopTask, _ strides: UnsafePointer<Int>,
    _ offset: Int, _ start: Int, _ count: Int
  ) {
    let counts = tasks.numbers + loop.counts
    let last = loop.rank - 1
    var done = 0
    while done < count {
      // The place of the element, from its number.
      var rest = (start + done) / counts[last]
      let first = (start + done) % counts[last]
      var place = offset + first * strides[last]
      var axis = last - 1
      while axis >= 0 {
        place += rest % counts[axis] * strides[axis]
        rest /= counts[axis]
        axis -= 1
      }
      let length = min(count - done, counts[last] - first)
      copy(tile + done, place, strides[last], length)
      done += length
    }
  }

  @inline(__always)
  private func copy(
    _ target: UnsafeMutablePointer<Scalar>, _ place: Int, _ stride: Int, _ count: Int
  ) {
    if stride == 1 {
      target.update(from: memory + place, count: count)
    } else if stride == 0 {
      target.update(repeating: memory[place], count: count)
    } else {
      for index in 0..<count { target[index] = memory[place &+ index &* stride] }
    }
  }
}
