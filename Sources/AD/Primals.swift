import BPIR

/// What stands for the values of a function in the function with its derivatives.
struct Primals {
  private let old: Function
  private var values: [Value?]

  /// Creates the table for the values of `old`, of which none is known.
  init(of old: Function) {
    self.old = old
    values = Array(repeating: nil, count: old.valueCount)
  }

  /// What stands for `value`, when that is known.
  subscript(value: Value) -> Value? {
    get { values[value.position] }
    set { values[value.position] = newValue }
  }

  /// Adds the parameters of the old function to the one that is built.
  mutating func addParameters(to builder: inout Builder) {
    for (parameter, name) in zip(old.parameters, old.parameterNames) {
      self[parameter] = builder.function.addParameter(name, old.type(of: parameter))
    }
  }

  /// Returns what stands for `value`; only constants come into being at their first use.
  mutating func primal(of value: Value, in builder: inout Builder) -> Value {
    if let known = self[value] { return known }
    let constant = builder.constant(old.constant(value) ?? .nan, old.type(of: value))
    self[value] = constant
    return constant
  }

  /// Copies a call.
  mutating func copyCall(_ instruction: Instruction, in builder: inout Builder) {
    let arguments = primals(of: old.operands(of: instruction), in: &builder)
    let types = old.resultTypes(of: instruction)
    let results = builder.call(Int(instruction.attribute), arguments, returning: types)
    for (result, new) in zip(instruction.results, results) { self[result] = new }
  }

  /// Returns what stands for each of `values`.
  mutating func primals(
    of values: some Sequence<Value>, in builder: inout Builder
  ) -> [Value] {
    var result: [Value] = []
    for value in values { result.append(primal(of: value, in: &builder)) }
    return result
  }
}
