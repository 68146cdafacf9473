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
    var views = views
    for value in lasting {
      views.append(SwiftView(.memory(declareMemory(value, &writer)), shape))
    }
    let count = SwiftNest(shape, [SwiftView(.index, shape)]).counts[0]
    let scratch = declareTiles(tiles, &writer)
    let wholes = declareWholes(tiles, count, &writer)
    let tile = openTile(count, &writer)
    let nest = SwiftNest(shape, views)
    var shifted = Set<String>()
    for (view, strides) in zip(views, nest.strides) {
      guard case .memory(let memory) = view.root, strides[0] != Dimension(0),
        shifted.insert(memory.name).inserted
      else { continue }
      shift(memory.name, tile.start, strides[0], &writer)
    }
    for name in wholes where shifted.insert(name).inserted {
      shift(name, tile.start, Dimension(1), &writer)
    }
    writer.line("for \(loopIndex(0)) in 0..<\(tile.count) {")
    writer.depth += 1
    var targets: [Value: String] = [:]
    for (view, (value, strides)) in zip(
      views[read.count...], zip(lasting, nest.strides[read.count...]))
    {
      targets[value] = place(view, strides)
    }
    for value in tiles.passing { targets[value] = "\(scratch.names[value] ?? "")[\(loopIndex(0))]" }
    printElements(ids, read, views, nest, targets, &writer)
    writer.depth -= 1
    writer.line("}")
    finishTile(tiles, scratch, wholes, tile.count, &writer)
    writer.depth -= 1
    writer.line("}")
    for (sum, partials) in zip(tiles.sums, scratch.partials) {
      printComment(function[sum.id].span, &writer)
      declare(function[sum.id].result, as: "sumOfPartials(\(partials))", &writer)
    }
    for place in scratch.borrowed { arrays.giveBack(place) }
    for id in tiles.instructions { arrays.written.insert(function[id].firstResult) }
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

  /// Writes the declarations of what a tile needs: its elements, and partial sums.
  private mutating func declareTiles(
    _ tiles: SwiftTiles, _ writer: inout LineWriter
  ) -> (names: [Value: String], partials: [String], borrowed: [SwiftPlaces.Place]) {
    var (tileNames, partials): ([Value: String], [String]) = ([:], [])
    var borrowed: [SwiftPlaces.Place] = []
    func declared(_ name: String, _ count: Int, _ body: inout SwiftBody, _ writer: inout LineWriter)
    {
      let place = body.arrays.borrow(Dimension(count))
      borrowed.append(place)
      body.printer.ignoreRules([name], &writer)
      writer.line("let \(name) = \(body.workspace(place.start))")
    }
    for value in tiles.passing {
      let name = newName(for: value)
      tileNames[value] = name
      declared(name, SwiftTiles.size, &self, &writer)
    }
    for _ in tiles.sums {
      need(.addToPartials)
      need(.sumOfPartials)
      let name = names.unique("partials")
      partials.append(name)
      declared(name, 8, &self, &writer)
      writer.line("\(name).update(repeating: 0.0, count: 8)")
    }
    return (tileNames, partials, borrowed)
  }

  /// Writes zeros to the elements that the last part does not cover; returns the names of the arrays.
  private mutating func declareWholes(
    _ tiles: SwiftTiles, _ count: Dimension, _ writer: inout LineWriter
  ) -> [String] {
    var wholes: [String] = []
    for whole in tiles.wholes {
      for part in whole.parts {
        printStarts(function[part.id], Array(function.operands(of: function[part.id])), &writer)
      }
      let name = declareMemory(whole.result, &writer).name
      wholes.append(name)
      let first = whole.fromTheLast[0].start
      if first > 0 { writer.line("\(name).update(repeating: 0.0, count: \(first))") }
      let end = Dimension(first) + count
      let rest = function.type(of: whole.result).shape[0] - end
      guard rest != Dimension(0) else { continue }
      writer.line(
        "(\(name) + \(text(end))).update(repeating: 0.0, count: \(text(rest)))")
    }
    return wholes
  }

  /// Writes what is done with a tile.
  private mutating func finishTile(
    _ tiles: SwiftTiles,
    _ scratch: (names: [Value: String], partials: [String], borrowed: [SwiftPlaces.Place]),
    _ wholes: [String], _ count: String, _ writer: inout LineWriter
  ) {
    for (sum, partials) in zip(tiles.sums, scratch.partials) {
      writer.line(
        "addElements(\(scratch.names[sum.elements] ?? ""), count: \(count), to: \(partials))")
    }
    let index = loopIndex(0)
    for (whole, name) in zip(tiles.wholes, wholes) {
      for (number, part) in whole.fromTheLast.enumerated() {
        let place = part.start == 0 ? index : "\(index) + \(part.start)"
        let element = "\(scratch.names[part.elements] ?? "")[\(index)]"
        writer.line("for \(index) in 0..<\(count) {")
        // A sum starts at 0, which makes 0 of -0.
        writer.line("  \(name)[\(place)] \(number == 0 ? "= 0.0 + " : "+= ")\(element)")
        writer.line("}")
      }
    }
  }
}
