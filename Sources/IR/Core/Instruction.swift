import BPLexer

/// An operation on values: of fixed size, with its operands in a pool of the function.
package struct Instruction: Sendable {
  /// What is computed.
  package let op: Op
  /// How many operands there are.
  package let operandCount: UInt32
  /// Where the operands start in the pool.
  package let firstOperand: UInt32
  /// How many results there are.
  package let resultCount: UInt32
  /// The first result; the others follow it.
  package let firstResult: Value
  /// For a conditional its first region, for a loop its only one; for a call the index of the function; for an operation on
  /// arrays the index of its attribute.
  package let attribute: UInt32
  /// The region that it stands in.
  package let region: RegionID
  /// The source text that it was made for.
  package let span: Span

  /// The results in order.
  package var results: LazyMapSequence<Range<Int>, Value> {
    let first = firstResult.position
    return (first..<first + Int(resultCount)).lazy.map(Value.init)
  }

  /// The only result.
  package var result: Value { firstResult }

  /// The regions of a conditional: what runs when the condition holds, and what runs otherwise.
  package var arms: (then: RegionID, otherwise: RegionID) {
    (RegionID(Int(attribute)), RegionID(Int(attribute) + 1))
  }

  /// The region of a loop, or of the turns of a sweep.
  package var body: RegionID { RegionID(Int(attribute)) }

  /// The number of turns that a loop took: its last result.
  package var turns: Value { Value(firstResult.position + Int(resultCount) - 1) }

  /// The regions that the instruction holds.
  package var regions: [RegionID] {
    switch op {
    case .conditional: [arms.then, arms.otherwise]
    case .loop, .sweep: [body]
    // What takes a turn forward, and what takes one back.
    case .revolve: [body, RegionID(body.position + 1)]
    default: []
    }
  }
}

/// A sequence of instructions that ends by yielding values.
///
/// A region sees the values of the regions around it.
package struct Region: Sendable {
  /// What the instruction that holds it hands in.
  package var parameters: [Value] = []
  /// The name that shapes give to the number of the turn; nil where none has a part in them.
  package var turnSymbol: String?
  /// The instructions in the order in which they run.
  package var instructions: [InstructionID] = []
  /// The values that it hands out.
  package var yields: [Value] = []
}
