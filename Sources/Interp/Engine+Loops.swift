import BPIR

extension Engine {
  /// Runs a loop tile by tile.
  func run(_ loop: ElementLoop) {
    guard loop.count > 0 else { return }
    for (number, place) in loop.places.enumerated() {
      places[number] = UnsafeMutableRawPointer(firstTile(place, loop.count))
    }
    var start = 0
    while start < loop.count {
      let count = min(ElementLoop.tile, loop.count - start)
      for place in loop.places {
        guard case .strided(let offset, let strides, let register) = place else { continue }
        fill(tiles + register * ElementLoop.tile, loop.counts, strides, offset, start, count)
      }
      for operation in loop.code { run(operation, count) }
      start += count
      for (number, place) in loop.places.enumerated() {
        if case .memory = place {
          places[number] += ElementLoop.tile * MemoryLayout<Scalar>.stride
        }
      }
    }
  }

  private func firstTile(_ place: ElementLoop.Place, _ count: Int) -> UnsafeMutablePointer<Scalar> {
    switch place {
    case .memory(let slot): return memory + slot
    case .register(let register): return tiles + register * ElementLoop.tile
    case .strided(_, _, let register): return tiles + register * ElementLoop.tile
    case .number(let slot, let register):
      let tile = tiles + register * ElementLoop.tile
      tile.update(repeating: memory[slot], count: min(ElementLoop.tile, count))
      return tile
    }
  }

  @inline(__always)
  private func run(_ operation: ElementLoop.Operation, _ count: Int) {
    let target = places[operation.target].assumingMemoryBound(to: Scalar.self)
    let a = UnsafePointer(places[operation.a].assumingMemoryBound(to: Scalar.self))
    let b = UnsafePointer(places[operation.b].assumingMemoryBound(to: Scalar.self))
    let c = UnsafePointer(places[operation.c].assumingMemoryBound(to: Scalar.self))
    Scalar.tile(operation.op, target, a, b, c, count)
  }

  /// Fills a tile with the `count` elements from number `start` on.
  private func fill(
    _ tile: UnsafeMutablePointer<Scalar>, _ counts: [Int], _ strides: [Int], _ offset: Int,
    _ start: Int, _ count: Int
  ) {
    let last = counts.count - 1
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
