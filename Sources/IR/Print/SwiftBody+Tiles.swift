// Loops over tiles of elements, with what is done with each tile while it is in the cache.

extension SwiftBody {
  /// Returns what is done in tiles with what the loop over `shape` makes of `views`, and nil where it is
  /// no loop over elements in a row, each array at one distance.
  func tiles(
    _ ids: [InstructionID], _ shape: Shape, _ views: [SwiftView],
    before steps: ArraySlice<ScheduledStep>
  ) -> SwiftTiles? {
    let nest = SwiftNest(shape, views + [SwiftView(.index, shape)])
    guard nest.counts.count == 1, !steps.isEmpty else { return nil }
    var distances: [String: Dimension] = [:]
    for (view, strides) in zip(views, nest.strides) {
      switch view.root {
      case .index: return nil
      case .number: continue
      case .memory(let memory):
        let distance = distances.updateValue(strides[0], forKey: memory.name)
        guard distance == nil || distance == strides[0] else { return nil }
      }
    }
    return SwiftTiles(ids, nest.counts[0], before: steps, function, useCounts)
  }

  /// Writes a loop over tiles.
  mutating func printTiles(
    _ tiles: SwiftTiles, _ ids: [InstructionID], _ read: [Value], _ views: [SwiftView],
    _ kept: [Value], _ writer: inout LineWriter
  ) {
    let shape = function.type(of: ids.map { function[$0].result }[0]).shape
    let passing = Set(tiles.passing)
    let lasting = kept.filter { !passing.contains($0) }
    let made = lasting.map { SwiftView(.memory(declareMemory($0, &writer)), shape) }
    let nest = SwiftNest(shape, views + made)
    let count = SwiftNest(shape, [SwiftView(.index, shape)]).counts[0]
    let scratch = declareTiles(tiles, &writer)
    let wholes = declareWholes(tiles, count, &writer)
    let tile = openTile(count, &writer)
    shiftArrays(views + made, nest, wholes, to: tile.start, &writer)
    var targets = scratch.names.mapValues { "\($0)[\(loopIndex(0))]" }
    for (value, (view, strides)) in zip(lasting, zip(made, nest.strides[read.count...])) {
      targets[value] = place(view, strides)
    }
    writer.block("for \(loopIndex(0)) in 0..<\(tile.count) {") { writer in
      printElements(ids, read, views + made, nest, targets, &writer)
    }
    finishTile(tiles, scratch, wholes, tile.count, &writer)
    writer.depth -= 1
    writer.line("}")
    finishTiles(tiles, scratch, &writer)
  }

  /// Has the names of arrays stand for their part in the tile that starts at `start`.
  private func shiftArrays(
    _ views: [SwiftView], _ nest: SwiftNest, _ wholes: [String], to start: String,
    _ writer: inout LineWriter
  ) {
    var shifted = Set<String>()
    for (view, strides) in zip(views, nest.strides) {
      guard case .memory(let memory) = view.root, strides[0] != Dimension(0),
        shifted.insert(memory.name).inserted
      else { continue }
      shift(memory.name, start, strides[0], &writer)
    }
    for name in wholes where shifted.insert(name).inserted {
      shift(name, start, Dimension(1), &writer)
    }
  }

  /// Writes the head of the loop over tiles; returns the names of where a tile starts and how long it
  /// is.
  private mutating func openTile(
    _ count: Dimension, _ writer: inout LineWriter
  ) -> (start: String, count: String) {
    let (start, length) = (names.unique("start"), names.unique("count"))
    let limit = count.swift(arrays.symbols)
    writer.line("for \(start) in Swift.stride(from: 0, to: \(limit), by: \(SwiftTiles.size)) {")
    writer.depth += 1
    writer.line("let \(length) = min(\(SwiftTiles.size), \(limit) - \(start))")
    return (start, length)
  }

  private func shift(
    _ name: String, _ start: String, _ stride: Dimension, _ writer: inout LineWriter
  ) {
    var sum = SwiftSum()
    sum.add(name)
    sum.add(start, times: stride, arrays.symbols)
    printer.ignoreRules([name], &writer)
    writer.line("let \(name) = \(sum.text)")
  }
}
