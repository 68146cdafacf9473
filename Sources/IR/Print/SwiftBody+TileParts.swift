// What a loop over tiles needs besides its elements, and what becomes of each tile.

extension SwiftBody {
  /// What a loop over tiles has in the workspace while it runs.
  struct TileScratch {
    /// The tiles of what passes.
    var names: [Value: String] = [:]
    /// The partial sums.
    var partials: [String] = []
    /// Where they stand.
    var borrowed: [SwiftPlaces.Place] = []
  }

  /// Writes the declarations of what a tile needs: its elements, and partial sums.
  mutating func declareTiles(
    _ tiles: SwiftTiles, _ writer: inout LineWriter
  ) -> TileScratch {
    var scratch = TileScratch()
    for value in tiles.passing {
      let name = newName(for: value)
      scratch.names[value] = name
      scratch.borrowed.append(borrow(SwiftTiles.size, as: name, &writer))
    }
    for _ in tiles.sums {
      need(.addToPartials)
      need(.sumOfPartials)
      let name = names.unique("partials")
      scratch.partials.append(name)
      scratch.borrowed.append(borrow(8, as: name, &writer))
      writer.line("\(name).update(repeating: 0.0, count: 8)")
    }
    return scratch
  }

  /// Takes `count` elements of the workspace and writes that `name` stands for them.
  private mutating func borrow(
    _ count: Int, as name: String, _ writer: inout LineWriter
  ) -> SwiftPlaces.Place {
    let place = arrays.borrow(Dimension(count))
    printer.ignoreRules([name], &writer)
    writer.line("let \(name) = \(workspace(place.start))")
    return place
  }

  /// Writes zeros to the elements that the last part does not cover; returns the names of the arrays.
  mutating func declareWholes(
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
  mutating func finishTile(
    _ tiles: SwiftTiles, _ scratch: TileScratch, _ wholes: [String], _ count: String,
    _ writer: inout LineWriter
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

  /// Writes what the tiles add up to, and gives their room back.
  mutating func finishTiles(
    _ tiles: SwiftTiles, _ scratch: TileScratch, _ writer: inout LineWriter
  ) {
    for (sum, partials) in zip(tiles.sums, scratch.partials) {
      printComment(function[sum.id].span, &writer)
      declare(function[sum.id].result, as: "sumOfPartials(\(partials))", &writer)
    }
    for place in scratch.borrowed { arrays.giveBack(place) }
    for id in tiles.instructions { arrays.written.insert(function[id].firstResult) }
  }
}
