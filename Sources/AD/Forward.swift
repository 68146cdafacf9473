import BPIR
import BPLexer

/// Returns `function` with, after its results, the derivatives of each of the results numbered
/// `outputs` in each direction, by forward mode.
///
/// The rules are those of reverse mode: a rule is linear in the adjoint of its result, so its sum
/// over the operands, with the operands' tangents in place of that adjoint, is the result's tangent.
///
/// - Parameters:
///   - function: a function in which no derivative is asked for.
///   - outputs: the indices of real results; the derivatives come output by output.
///   - directions: a parameter or mark for each direction, whose tangent is 1 in it.
package func tangents(
  of function: Function, outputs: [Int], inDirectionsOf directions: [Value],
  _ options: DifferentiationOptions = DifferentiationOptions()
) -> Function {
  var forward = Forward(function, directions.map { .one($0) }, options)
  forward.run(outputs)
  return forward.builder.function
}

/// Returns `function` with, after its results, the derivative of each of the results numbered
/// `outputs` in a direction that is given when it runs: for each of `independents` a further
/// parameter, of its type, says how it moves.
///
/// It is one product of the Jacobian with a vector, whatever the sizes of the arrays are.
package func jacobianVectorProduct(
  of function: Function, outputs: [Int], inDirectionOf independents: [Value],
  _ options: DifferentiationOptions = DifferentiationOptions()
) -> Function {
  var forward = Forward(function, [.given(independents)], options)
  forward.run(outputs)
  return forward.builder.function
}

extension Forward.Direction {
  /// The values that move.
  var values: [Value] {
    switch self {
    case .one(let value): [value]
    case .given(let values): values
    }
  }
}

/// The state of the sweep: primals and tangents side by side.
struct Forward {
  let old: Function
  let directions: [Direction]
  let options: DifferentiationOptions
  /// What computes the derivatives of calls.
  var calls = CallDerivatives()
  let activity: Activity
  var builder: Builder
  var primals: Primals
  /// For each value of the old function its tangents, one for each direction; nil is zero.
  private var tangents: [[Derivative?]?]
  /// The parameters that say how values move.
  private var seeds: [Value: Value] = [:]

  /// The values that move in one direction: by 1, or, when they are arrays, by what a parameter says.
  enum Direction {
    case one(Value)
    case given([Value])
  }

  /// A derivative whose value is the tangent of its output.
  var request: DerivativeRequest?

  init(_ function: Function, _ directions: [Direction], _ options: DifferentiationOptions) {
    self.init(
      function, directions, options, Activity(function, of: directions.flatMap(\.values)))
  }

  init(
    _ function: Function, _ directions: [Direction], _ options: DifferentiationOptions,
    _ activity: Activity
  ) {
    old = function
    self.directions = directions
    self.activity = activity
    builder = Builder(
      name: function.name, capacity: 2 * function.instructions.count,
      simplifies: options.simplifies, shares: options.simplifies)
    builder.function.callees = function.callees
    self.options = options
    primals = Primals(of: function)
    tangents = Array(repeating: nil, count: function.valueCount)
  }

  mutating func run(_ outputs: [Int]) {
    primals.addParameters(to: &builder)
    addSeeds()
    for parameter in old.parameters { seed(parameter) }
    sweep(.body)
    var results = primals(of: old.results)
    for output in outputs {
      for direction in directions.indices {
        let tangent = tangent(old.results[output], direction)
        let type = old.type(of: old.results[output])
        results.append(tangent?.chosen(in: &builder) ?? builder.constant(0, type))
      }
    }
    builder.close(yielding: results)
    builder.function.names = old.names.compactMap { named in
      primals[named.value].map(named.naming)
    }
  }

  mutating func primal(_ value: Value) -> Value {
    primals.primal(of: value, in: &builder)
  }

  mutating func primals(of values: some Sequence<Value>) -> [Value] {
    primals.primals(of: values, in: &builder)
  }

  func tangent(_ value: Value, _ direction: Int) -> Derivative? {
    tangents[value.position]?[direction]
  }

  mutating func setTangent(_ value: Value, _ direction: Int, _ tangent: Derivative?) {
    guard let tangent else { return }
    if tangents[value.position] == nil {
      tangents[value.position] = Array(repeating: nil, count: directions.count)
    }
    tangents[value.position]?[direction] = tangent
  }

  /// Adds the parameters that say how values move.
  private mutating func addSeeds() {
    for case .given(let values) in directions {
      for value in values {
        seeds[value] = builder.function.addParameter("tangent", old.type(of: value))
      }
    }
  }

  /// Gives `value` its tangent in each direction in which it moves.
  private mutating func seed(_ value: Value) {
    for (direction, moving) in directions.enumerated() where moving.values.contains(value) {
      let seed = seeds[value] ?? builder.constant(1)
      setTangent(value, direction, Derivative(value: seed))
    }
  }

  mutating func sweep(_ region: RegionID) {
    for id in old[region].instructions { sweep(old[id]) }
  }

  mutating func sweep(_ instruction: Instruction) {
    builder.span = instruction.span
    switch instruction.op {
    case .conditional: sweepConditional(instruction)
    case .loop: sweepLoop(instruction)
    case .push, .pop: sweepStack(instruction)
    case .call: sweepCall(instruction)
    case .derivative where instruction.result == request?.result: answer(instruction)
    default: sweepOperation(instruction)
    }
    for result in instruction.results { seed(result) }
  }

  /// Makes the tangent of what is differentiated the value of a derivative.
  private mutating func answer(_ instruction: Instruction) {
    let tangent = tangent(old.operand(0, of: instruction), 0)?.chosen(in: &builder)
    primals[instruction.result] =
      tangent ?? builder.constant(0, old.type(of: instruction.result))
  }

  private mutating func sweepOperation(_ instruction: Instruction) {
    let operands = Array(old.operands(of: instruction))
    let primals = primals(of: operands)
    if instruction.op.isArrayOperation {
      return sweepArrayOperation(instruction, operands, primals)
    }
    let result = builder.append(instruction.op, primals)
    self.primals[instruction.result] = result
    guard activity[instruction.result],
      let formulas = instruction.op.pullbacks(operands.count)
    else { return }
    for direction in directions.indices {
      var sum: Derivative?
      for (operand, formula) in zip(operands, formulas) {
        guard let tangent = tangent(operand, direction) else { continue }
        let term = formula.applied(
          to: tangent, operands: primals, result: result, in: &builder)
        sum = sum.map { $0.plus(term, in: &builder) } ?? term
      }
      if let scale = instruction.op.scale(operands.count) {
        sum = sum?.scaled(scale, primals, result, in: &builder)
      }
      setTangent(instruction.result, direction, sum)
    }
  }

  /// Copies a conditional; its arms yield also the tangents of the results that vary.
  private mutating func sweepConditional(_ instruction: Instruction) {
    let condition = primal(old.operand(0, of: instruction))
    let varied = instruction.results.enumerated().filter { activity[$0.element] }
    let positions = varied.map(\.offset)
    let regions = builder.openArms()
    let then = sweepArm(instruction.arms.then, positions)
    builder.enter(regions.otherwise)
    let otherwise = sweepArm(instruction.arms.otherwise, positions)
    builder.span = instruction.span
    let types = varied.flatMap { varied in
      directions.map { _ in old.type(of: varied.element) }
    }
    let parts = zip(zip(then.tangents, otherwise.tangents), types).map { tangents, type in
      ArmDerivatives(then: tangents.0, otherwise: tangents.1, type: type)
    }
    var yields = (then.primals, otherwise.primals)
    for part in parts {
      let (a, b) = part.yields(in: &builder)
      yields.0 += a
      yields.1 += b
    }
    builder.setYields(of: regions.then, yields.0)
    builder.setYields(of: regions.otherwise, yields.1)
    var results = builder.conditional(condition, regions)[...]
    for result in instruction.results { primals[result] = results.removeFirst() }
    var rest = parts[...]
    for (_, result) in varied {
      for direction in directions.indices {
        let tangent = rest.removeFirst().joined(condition, &results, in: &builder)
        setTangent(result, direction, tangent)
      }
    }
  }

  /// Copies an arm and returns its yields and, for the varied ones, their tangents.
  private mutating func sweepArm(
    _ region: RegionID, _ positions: [Int]
  ) -> (primals: [Value], tangents: [Derivative?]) {
    sweep(region)
    let primals = primals(of: old[region].yields)
    var tangents: [Derivative?] = []
    for position in positions {
      for direction in directions.indices {
        let tangent = tangent(old[region].yields[position], direction)
        tangents.append(tangent?.ofWholeArray(in: &builder))
      }
    }
    builder.close(yielding: [])
    return (primals, tangents)
  }
}
