import BPIR

// A function that is called from several places has one pullback, which they share too:
//
//   %y = call @0 f %a, %b
//   …
//   %da, %db = call @1 fPullback %a, %b, %dy
//
// It takes the arguments, runs the function again, and sweeps it backward: a call is a checkpoint. So
// nothing of what the function computes has to be handed from the one sweep to the other, which in a
// chain of functions that call each other twice would be as long as the expanded program.

extension Reverse {
  /// Pulls the adjoints of the results of a call back by the pullback of what it calls.
  mutating func reverseCall(_ instruction: Instruction) {
    var adjoints: [Derivative?] = []
    for result in instruction.results {
      adjoints.append(self.adjoints[result.position]?.ofWholeArray(in: &builder))
    }
    let operands = Array(old.operands(of: instruction))
    let wanted = operands.indices.filter { activity[operands[$0]] }
    guard !wanted.isEmpty, adjoints.contains(where: { $0 != nil }) else { return }
    let forms = CarriedDerivative.forms(of: adjoints, old.resultTypes(of: instruction))
    let rule = pullback(
      CallDerivatives.Call(callee: Int(instruction.attribute), given: forms, wanted: wanted))
    let arguments = primals(of: operands) + builder.handed(adjoints, forms)
    for (position, derivative) in zip(wanted, builder.call(rule, arguments)) {
      guard var contribution = derivative else { continue }
      if options.takesMagnitudes { contribution.value = builder.append(.abs, contribution.value) }
      contribute(contribution, to: operands[position])
    }
  }

  /// Returns the pullback that `call` needs, which is made when it is not there yet.
  private mutating func pullback(_ call: CallDerivatives.Call) -> CallDerivatives.Rule {
    if let known = calls.pullbacks[call] { return known }
    let callee = old.callee(call.callee)
    let outputs = call.given.indices.filter { call.given[$0] != nil }
    var inner = Reverse(
      callee, outputs, call.wanted.map { callee.parameters[$0] }, options)
    inner.calls = calls
    inner.builder.function.callees = builder.function.callees
    let forms = inner.runAsPullback(outputs.compactMap { call.given[$0] })
    let rule = builder.adopt(inner.builder, forms)
    calls = inner.calls
    calls.pullbacks[call] = rule
    return rule
  }

  /// Builds the pullback for adjoints of the outputs that come in `given` forms, and returns the forms
  /// of those that it hands out.
  private mutating func runAsPullback(_ given: [CarriedDerivative]) -> [CarriedDerivative?] {
    builder.function.name = "\(old.name)Pullback"
    primals.addParameters(to: &builder)
    let adjoints = given.map { $0.given("adjoint", in: &builder) }
    forward(.body)
    for (output, adjoint) in zip(outputs, adjoints) { contribute(adjoint, to: output) }
    reverse(.body)
    let derivatives = independents.map { self.adjoints[$0.position]?.ofWholeArray(in: &builder) }
    let forms = CarriedDerivative.forms(of: derivatives, independents.map(old.type))
    builder.close(yielding: builder.handed(derivatives, forms))
    return forms
  }
}
