// A large function is split into parts, each a function of its own. Values that one part makes and
// another reads are kept in an array of numbers that all parts share.

extension SwiftBody {
  /// Writes the calls of the parts that the body is split into.
  mutating func printParts(_ writer: inout LineWriter) {
    var split = SwiftSplit(self)
    let (calls, valueCount) = split.run()
    var head = SwiftPrinter.allocation("\(max(1, split.slotCount))")
    for (value, name) in zip(function.parameters, parameterNames) {
      guard let slot = split.slots[value] else { continue }
      head.append("workspace[\(slot)] = \(SwiftBody.stored(name, function.type(of: value)))")
    }
    for line in head + calls { writer.line(line) }
    for value in function.results where function.constant(value) == nil {
      guard let slot = split.slots[value] else { continue }
      valueNames[value.position] = SwiftSplit.loaded(slot, function.type(of: value))
    }
    valueStatements = valueCount.map { count in
      head + calls.prefix(count) + ["return \(atom(function.results[0]))"]
    }
    parts = split.texts
    adopt(split.body)
  }
}
