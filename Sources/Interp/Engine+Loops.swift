import BPIR

extension Engine {
  /// Runs a loop tile by tile.
  func run(_ loop: LoopTask) {
    for number in loop.fillings where tasks.fillings[number].strides == nil {
      let filling = tasks.fillings[number]
      repeatNumber(
        memory[filling.offset], tiles + filling.register &* ElementLoop.tile,
        min(ElementLoop.tile, loop.count))
    }
    var start = 0
    while start < loop.count {
      let count = min(ElementLoop.tile, loop.count &- start)
      for number in loop.fillings {
        let filling = tasks.fillings[number]
        guard let strides = filling.strides else { continue }
        fill(
          tiles + filling.register &* ElementLoop.tile, loop, tasks.numbers + strides,
          filling.offset, start, count)
      }
      for number in loop.operations { run(tasks.operations + number, start, count) }
      start &+= count
    }
  }

  @inline(__always)
  private func run(
    _ operation: UnsafeMutablePointer<TileOperation>, _ start: Int, _ count: Int
  ) {
    Scalar.tile(
      operation.pointee.op, operation.pointee.target.place(start, Scalar.self),
      operation.pointee.a.place(start, Scalar.self), operation.pointee.b.place(start, Scalar.self),
      operation.pointee.c.place(start, Scalar.self), count)
  }

  @inline(__always)
  private func repeatNumber(
    _ number: Scalar, _ target: UnsafeMutablePointer<Scalar>, _ count: Int
  ) {
    for index in 0..<count { target[index] = number }
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
