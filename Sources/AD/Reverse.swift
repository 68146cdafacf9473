import BPIR
import BPLexer

/// A function together with derivatives of one of its results.
package struct Gradient: Sendable {
  /// The function: its results are the value and then a derivative for each independent.
  package let function: Function
  /// What stands for the independents in the function.
  package let independents: [Value]
  /// How many values of the forward sweep the reverse sweep reads.
  package let storedCount: Int
  /// How many elements those of them have that are no parameters, but for what loops keep.
  package let storedSize: Dimension
  /// What loops keep.
  package let loops: [LoopResiduals]
}

/// How derivatives are made.
package struct DifferentiationOptions: Sendable {
  /// Whether instructions are simplified and shared as they are made.
  package var simplifies = true
  /// Whether every contribution is taken by its magnitude: the sums are then a scale for the
  /// rounding errors of the derivatives.
  package var takesMagnitudes = false

  /// Creates the options that hold unless told otherwise.
  package init() {}
}

/// Returns `function` with the derivatives of result number `output` with respect to `independents`,
/// by reverse mode.
///
/// This is source transformation on regions: a forward sweep that hands out what the reverse sweep
/// reads, then the reverse sweep (Griewank, Walther: Evaluating Derivatives, 2nd edition, chapter 3).
/// What comes out is ordinary IR, and can be differentiated again.
///
/// - Parameters:
///   - function: a function in which no derivative is asked for.
///   - output: the index of a real result.
///   - independents: parameters and marks of the function.
package func gradient(
  of function: Function, output: Int = 0, withRespectTo independents: [Value],
  _ options: DifferentiationOptions = DifferentiationOptions()
) -> Gradient {
  var reverse = Reverse(function, [output], independents, options)
  reverse.run()
  return reverse.gradient
}

/// Returns `function` with what an adjoint of result number `output`, which is given when it runs as
/// a last parameter, contributes to `independents`.
///
/// It is one product of a vector with the Jacobian.
package func vectorJacobianProduct(
  of function: Function, output: Int = 0, withRespectTo independents: [Value],
  _ options: DifferentiationOptions = DifferentiationOptions()
) -> Gradient {
  var reverse = Reverse(function, [output], independents, options, takesSeed: true)
  reverse.run()
  return reverse.gradient
}

/// The state of the two sweeps. Names: `x` is a value of the old function, its primal is what stands
/// for it in the new one, its adjoint is the derivative of the output with respect to it.
struct Reverse {
  let old: Function
  /// What is differentiated; of several the sum is.
  let outputs: [Value]
  let independents: [Value]
  let options: DifferentiationOptions
  let activity: Activity
  let partials: Partials
  let residuals: Residuals
  var builder: Builder
  /// Whether the adjoint of the output is a parameter.
  let takesSeed: Bool
  /// What stands for the values of the old function.
  var primals: Primals
  /// The adjoints of the values of the region that is swept, and of those around it.
  var adjoints: [Derivative?]
  /// The arms and turns that are swept, innermost last.
  var scopes: [Scope] = []
  /// For each value that is saved in turns of a loop the stack that holds it by now.
  var stacks: [Value: Value] = [:]
  /// What computes the derivatives of calls.
  var calls = CallDerivatives()
  /// The derivatives that are computed in the midst of the function.
  var answers: Answers?
  /// The way back through the operations, where somebody wants to see it.
  var chain: Chain?

  init(
    _ function: Function, _ outputs: [Int], _ independents: [Value],
    _ options: DifferentiationOptions, takesSeed: Bool = false
  ) {
    var function = function
    var independents = independents
    let partials = Partials(computedIn: &function, &independents, outputs, options)
    let outputs = outputs.map { function.results[$0] }
    self.init(
      function, outputs, independents, options, Activity(function, of: independents, on: outputs),
      partials, takesSeed: takesSeed)
  }

  init(
    _ function: Function, _ outputs: [Value], _ independents: [Value],
    _ options: DifferentiationOptions, _ activity: Activity, _ partials: Partials = Partials(),
    entered: Set<RegionID> = [], takesSeed: Bool = false
  ) {
    old = function
    self.outputs = outputs
    self.takesSeed = takesSeed
    self.independents = independents
    self.options = options
    self.activity = activity
    self.partials = partials
    residuals = Residuals(function, activity, partials, entered: entered)
    builder = Builder(
      name: function.name, capacity: 4 * function.instructions.count,
      simplifies: options.simplifies, shares: options.simplifies)
    builder.function.callees = function.callees
    primals = Primals(of: function)
    adjoints = Array(repeating: nil, count: function.valueCount)
  }

  /// The function with what stands for the independents in it.
  var gradient: Gradient {
    Gradient(
      function: builder.function, independents: independents.map { primals[$0] ?? $0 },
      storedCount: residuals.count, storedSize: residuals.size, loops: residuals.loops)
  }

  mutating func run() {
    primals.addParameters(to: &builder)
    forward(.body)
    let forwarded = primals
    let values = primals(of: outputs)
    for output in outputs {
      let type = old.type(of: output)
      let seed =
        takesSeed ? builder.function.addParameter("adjoint", type) : builder.constant(1, type)
      contribute(Derivative(value: seed), to: output)
    }
    reverse(.body)
    let derivatives = independents.map { independent in
      adjoints[independent.position]?.chosen(in: &builder)
        ?? builder.constant(0, old.type(of: independent))
    }
    builder.close(yielding: values + derivatives)
    nameValues(forwarded, derivatives)
  }

  /// Gives primals the names of the source, and the adjoint of x the name dx.
  private mutating func nameValues(_ primals: Primals, _ derivatives: [Value]) {
    var names: [NamedValue] = []
    var adjointNames: [NamedValue] = []
    for named in old.names {
      if let primal = primals[named.value] { names.append(named.naming(primal)) }
      // What the reverse sweep took from a stack, or was handed.
      if let again = self.primals[named.value], again != primals[named.value] {
        adjointNames.append(named.within.naming(again))
      }
      if let adjoint = adjoints[named.value.position], adjoint.mask == Mask() {
        let name = NamedValue(value: adjoint.value, name: "d\(named.name)", span: named.span)
        adjointNames.append(named.isInner ? name.within : name)
      }
    }
    let parameters = Dictionary(zip(old.parameters, old.parameterNames)) { first, _ in first }
    for (independent, derivative) in zip(independents, derivatives) {
      guard let name = parameters[independent] else { continue }
      adjointNames.append(NamedValue(value: derivative, name: "d\(name)", span: .none))
    }
    builder.function.names = names + adjointNames.filter { !isConstant($0.value) }
  }

  private func isConstant(_ value: Value) -> Bool { builder.function.constant(value) != nil }

  /// Returns what stands for `value` in the new function.
  mutating func primal(_ value: Value) -> Value { primals.primal(of: value, in: &builder) }

  /// Returns what stands for each of `values`.
  mutating func primals(of values: some Sequence<Value>) -> [Value] {
    primals.primals(of: values, in: &builder)
  }

  // MARK: - Sweeps

  /// Copies the instructions of `region`.
  mutating func forward(_ region: RegionID) {
    for id in old[region].instructions {
      let instruction = old[id]
      builder.span = instruction.span
      switch instruction.op {
      case .conditional: forwardConditional(instruction)
      case .loop: forwardLoop(instruction)
      case .derivative where answer(instruction): break
      default: copy(instruction)
      }
      for result in instruction.results { save(result) }
    }
  }

  /// Copies an instruction without regions.
  mutating func copy(_ instruction: Instruction) {
    guard instruction.op != .call else { return primals.copyCall(instruction, in: &builder) }
    let operands = primals(of: old.operands(of: instruction))
    guard instruction.op != .pop else { return copyPop(instruction, operands[0]) }
    primals[instruction.result] =
      instruction.op.isArrayOperation
      ? builder.append(instruction.op, operands, old.attribute(of: instruction))
      : builder.append(instruction.op, operands)
  }

  /// Pulls the adjoints of the values of `region` back, from its last instruction to its first.
  mutating func reverse(_ region: RegionID) {
    for id in old[region].instructions.reversed() { reverse(old[id]) }
  }

  /// Pulls the adjoints of the results of an instruction back.
  mutating func reverse(_ instruction: Instruction) {
    builder.span = instruction.span
    chain?.instruction = instruction
    switch instruction.op {
    case .conditional: reverseConditional(instruction)
    case .loop: crossLoop(instruction)
    case .push, .pop: reverseStack(instruction)
    case .call: reverseCall(instruction)
    default:
      guard let adjoint = adjoints[instruction.result.position] else { return }
      if instruction.op.isArrayOperation {
        pullBackArray(adjoint, through: instruction)
      } else {
        pullBack(adjoint, through: instruction)
      }
    }
  }

  private mutating func pullBack(_ adjoint: Derivative, through instruction: Instruction) {
    let operands = Array(old.operands(of: instruction))
    let partial = partials[instruction.result]
    guard let formulas = partial?.formulas ?? instruction.op.pullbacks(operands.count) else {
      return
    }
    let primals = primals(of: operands + (partial?.values ?? []))
    let result = primal(instruction.result)
    var adjoint = adjoint
    if let scale = instruction.op.scale(operands.count) {
      adjoint = scale.applied(to: adjoint, operands: primals, result: result, in: &builder)
    }
    for (operand, formula) in zip(operands, formulas) where activity[operand] {
      var contribution = formula.applied(
        to: adjoint, operands: primals, result: result, in: &builder)
      if options.takesMagnitudes { contribution.value = builder.append(.abs, contribution.value) }
      contribute(contribution, to: operand)
    }
  }
}
