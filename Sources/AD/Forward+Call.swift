import BPIR

// A function that is called from several places has one pushforward, which they share too: it takes the
// arguments and their tangents, and returns the tangents of the results.

extension Forward {
  /// Copies a call with tangents.
  mutating func sweepCall(_ instruction: Instruction) {
    let operands = Array(old.operands(of: instruction))
    let arguments = primals(of: operands)
    primals.copyCall(instruction, in: &builder)
    for direction in directions.indices {
      let tangents = operands.map { tangent($0, direction)?.ofWholeArray(in: &builder) }
      guard tangents.contains(where: { $0 != nil }) else { continue }
      let forms = CarriedDerivative.forms(of: tangents, operands.map(old.type))
      let rule = pushforward(
        CallDerivatives.Call(callee: Int(instruction.attribute), given: forms))
      let made = builder.call(rule, arguments + builder.handed(tangents, forms))
      for (result, tangent) in zip(instruction.results, made) {
        setTangent(result, direction, tangent)
      }
    }
  }

  /// Returns the pushforward that `call` needs, which is made when it is not there yet.
  private mutating func pushforward(_ call: CallDerivatives.Call) -> CallDerivatives.Rule {
    if let known = calls.pushforwards[call] { return known }
    let callee = old.callee(call.callee)
    let moving = zip(callee.parameters, call.given).filter { $1 != nil }.map(\.0)
    var inner = Forward(
      callee, [.given([])], options, Activity(callee, of: moving))
    inner.calls = calls
    inner.builder.function.callees = builder.function.callees
    let forms = inner.runAsPushforward(call.given)
    let rule = builder.adopt(inner.builder, forms)
    calls = inner.calls
    calls.pushforwards[call] = rule
    return rule
  }

  /// Builds the pushforward for tangents of the parameters that come in `given` forms, and returns the
  /// forms of those that it hands out.
  private mutating func runAsPushforward(
    _ given: [CarriedDerivative?]
  ) -> [CarriedDerivative?] {
    builder.function.name = "\(old.name)Pushforward"
    primals.addParameters(to: &builder)
    for (parameter, form) in zip(old.parameters, given) {
      setTangent(parameter, 0, form?.given("tangent", in: &builder))
    }
    sweep(.body)
    let tangents = old.results.map { tangent($0, 0)?.ofWholeArray(in: &builder) }
    let forms = CarriedDerivative.forms(of: tangents, old.resultTypes)
    builder.close(yielding: builder.handed(tangents, forms))
    return forms
  }
}
