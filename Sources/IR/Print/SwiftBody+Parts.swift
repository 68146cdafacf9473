// A large function is split into parts, each a function of its own. Values that one part makes and
// another reads are kept in an array of numbers that all parts share.

extension SwiftBody {
  /// Writes the calls of the parts that the body is split into.
  mutating func printParts(_ writer: inout LineWriter) {
    var split = SwiftSplit(self)
    let calls = split.run()
    writer.line("var workspace = [Double](repeating: 0.0, count: \(split.slotCount))")
    for (value, name) in zip(function.parameters, parameterNames) {
      guard let slot = split.slots[value] else { continue }
      writer.line("workspace[\(slot)] = \(SwiftBody.stored(name, function.type(of: value)))")
    }
    for call in calls { writer.line(call) }
    for value in function.results where function.constant(value) == nil {
      guard let slot = split.slots[value] else { continue }
      valueNames[value.position] = SwiftSplit.loaded(slot, function.type(of: value))
    }
    parts = split.texts
    adopt(split.body)
  }
}
