import BPIR

/// The adjoint of a function as it was differentiated, step by step: nothing is simplified, shared or
/// left out.
package struct ChainRule: Sendable {
  /// The function with its derivatives.
  package let gradient: Gradient
  /// What stands in it for the values of the function that was differentiated; nil for what is not
  /// there.
  package let primals: [Value?]
  /// The way back, in the order in which it is gone.
  package let crossings: [Crossing]
}

/// The way of an adjoint backward through an operation, to one of its operands.
package struct Crossing: Sendable {
  /// The operation, of the function that was differentiated.
  package let instruction: Instruction
  /// The operand, in that function.
  package let operand: Value
  /// The adjoints of the results, in the function with the derivatives: one, but for a loop.
  package let adjoints: [Value]
  /// What it contributes to the adjoint of the operand; nil where it was added in place.
  package let contribution: Value?
  /// The adjoint of the operand with the contribution.
  package let sum: Value

  /// The adjoint of the result.
  package var adjoint: Value { adjoints[0] }
}

/// Returns the steps in which the first result of `function` is differentiated with respect to
/// `independents`.
///
/// - Parameter function: code without conditionals and calls; each loop in it is crossed as a whole.
package func chainRule(of function: Function, withRespectTo independents: [Value]) -> ChainRule {
  var options = DifferentiationOptions()
  options.simplifies = false
  // Without partials: these would be values that the function does not have.
  let output = [function.results[0]]
  let activity = Activity(function, of: independents, on: output)
  var reverse = Reverse(function, output, independents, options, activity)
  reverse.chain = Chain()
  reverse.run()
  let values = (0..<function.valueCount).map(Value.init)
  return ChainRule(
    gradient: reverse.gradient, primals: values.map { reverse.primals[$0] },
    crossings: reverse.chain?.crossings ?? [])
}

/// What is noted of the reverse sweep while it goes.
struct Chain {
  /// The operation that is crossed.
  var instruction: Instruction?
  var crossings: [Crossing] = []
  /// The derivatives with their masks applied.
  var chosen: [Chosen: Value] = [:]

  struct Chosen: Hashable {
    let value: Value
    let mask: Mask
  }
}

extension Reverse {
  /// Takes note of what was added to the adjoint of `value`; nil where it was added in place.
  mutating func takeNote(of contribution: Derivative?, to value: Value) {
    guard let instruction = chain?.instruction, activity[value],
      let adjoint = adjoints[instruction.result.position], let sum = adjoints[value.position]
    else { return }
    let crossing = Crossing(
      instruction: instruction, operand: value, adjoints: [chosen(adjoint)],
      contribution: contribution.map { chosen($0) }, sum: chosen(sum))
    chain?.crossings.append(crossing)
  }

  /// Pulls the adjoints of the results of a loop back, and takes note of that as of one step.
  mutating func crossLoop(_ loop: Instruction) {
    guard let noted = chain else { return reverseLoop(loop) }
    chain = nil
    reverseLoop(loop)
    chain = noted
    let adjoints = chosenAdjoints(of: Array(loop.results)).map(\.adjoint)
    guard !adjoints.isEmpty else { return }
    let outer = residuals.places.outerValues(of: loop.body, old)
    for (operand, sum) in chosenAdjoints(of: old.operands(of: loop) + outer) {
      let crossing = Crossing(
        instruction: loop, operand: operand, adjoints: adjoints, contribution: nil, sum: sum)
      chain?.crossings.append(crossing)
    }
  }

  /// Returns those of `values` that have adjoints and are no stacks, with their adjoints.
  private mutating func chosenAdjoints(of values: [Value]) -> [(value: Value, adjoint: Value)] {
    var found: [(value: Value, adjoint: Value)] = []
    for value in values where activity[value] && !old.type(of: value).isStack {
      guard let adjoint = adjoints[value.position] else { continue }
      found.append((value, chosen(adjoint)))
    }
    return found
  }

  /// Returns the derivative with its mask applied, the same value for the same derivative.
  private mutating func chosen(_ derivative: Derivative) -> Value {
    guard derivative.mask != Mask() else { return derivative.value }
    let key = Chain.Chosen(value: derivative.value, mask: derivative.mask)
    if let known = chain?.chosen[key] { return known }
    let value = derivative.chosen(in: &builder)
    chain?.chosen[key] = value
    return value
  }
}
