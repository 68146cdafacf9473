import BPIR

extension DerivativeResolution {
  /// Computes derivatives of one value there, by reverse mode.
  mutating func resolveByReverse(_ requests: [DerivativeRequest], _ prefix: Prefix) {
    var reverse = Reverse(function, answering: requests, prefix, options)
    reverse.copyAndAnswer()
    function = reverse.builder.function
  }
}

/// The derivatives that a reverse sweep computes in the midst of a function.
struct Answers {
  let requests: [DerivativeRequest]
  let prefix: Prefix
  /// Whether they are there.
  var areKnown = false
}

extension Reverse {
  init(
    _ function: Function, answering requests: [DerivativeRequest], _ prefix: Prefix,
    _ options: DifferentiationOptions
  ) {
    let independents = requests.map(\.independent)
    let output = requests[0].output
    self.init(
      function, [output], independents, options,
      Activity(function, of: independents, on: [output], along: prefix),
      entered: Set(prefix.regions))
    answers = Answers(requests: requests, prefix: prefix)
  }

  /// Copies the function with the derivatives in it.
  mutating func copyAndAnswer() {
    primals.addParameters(to: &builder)
    forward(.body)
    builder.close(yielding: primals(of: old.results))
    builder.function.names = old.names.compactMap { named in
      primals[named.value].map(named.naming)
    }
  }

  /// Computes the derivatives at the first of them, and returns whether `instruction` is one.
  mutating func answer(_ instruction: Instruction) -> Bool {
    guard let answers, answers.requests.contains(where: { $0.result == instruction.result })
    else { return false }
    guard !answers.areKnown else { return true }
    self.answers?.areKnown = true
    // The reverse sweep makes values of the turns known in its own way.
    let before = primals
    for output in outputs {
      contribute(Derivative(value: builder.constant(1, old.type(of: output))), to: output)
    }
    for id in answers.prefix.instructions.reversed() { reverse(old[id]) }
    primals = before
    for request in answers.requests {
      let derivative = adjoints[request.independent.position]?.chosen(in: &builder)
      primals[request.result] = derivative ?? builder.constant(0, old.type(of: request.result))
    }
    return true
  }
}
