import BPIR

/// Which values of a function depend, in a way that can be differentiated, on chosen ones, and have an
/// effect on chosen results.
///
/// Nothing is emitted for the others: a zero that is known here is a strong one.
struct Activity {
  private let function: Function
  private var isVaried: [Bool]
  private var isUseful: [Bool]
  /// Whether a chosen result is made in a region, or in one of those in it.
  private var holdsOutput: [Bool] = []
  private let calls: CallDependence

  /// Finds what depends on `independents` in `function`, and has an effect on `outputs`.
  init(_ function: Function, of independents: [Value], on outputs: [Value]) {
    self.init(function, of: independents, on: outputs, calling: CallDependence(function))
  }

  /// The same for a function of whose calls it is known what depends on what.
  init(
    _ function: Function, of independents: [Value], on outputs: [Value],
    calling calls: CallDependence
  ) {
    self.init(function, of: independents, calling: calls)
    isUseful = Array(repeating: false, count: function.valueCount)
    takeNote(of: outputs)
    use(.body)
  }

  /// Finds what depends on `independents`, and has an effect on `outputs`, by what runs before an
  /// instruction.
  init(_ function: Function, of independents: [Value], on outputs: [Value], along prefix: Prefix) {
    self.function = function
    calls = CallDependence(function)
    isVaried = Array(repeating: false, count: function.valueCount)
    isUseful = isVaried
    for value in independents { isVaried[value.position] = true }
    for id in prefix.instructions { vary(function[id]) }
    takeNote(of: outputs)
    for id in prefix.instructions.reversed() { use(function[id]) }
  }

  /// Finds what depends on `independents` in `function`.
  init(_ function: Function, of independents: [Value]) {
    self.init(function, of: independents, calling: CallDependence(function))
  }

  private init(
    _ function: Function, of independents: [Value], calling calls: CallDependence
  ) {
    self.function = function
    self.calls = calls
    isVaried = Array(repeating: false, count: function.valueCount)
    isUseful = Array(repeating: true, count: function.valueCount)
    for value in independents { isVaried[value.position] = true }
    vary(.body)
  }

  /// Whether `value` depends on a chosen one, and has an effect on a chosen result.
  subscript(value: Value) -> Bool { isVaried[value.position] && isUseful[value.position] }

  // MARK: - Downward

  private mutating func vary(_ region: RegionID) {
    for id in function[region].instructions { vary(function[id]) }
  }

  private mutating func vary(_ instruction: Instruction) {
    switch instruction.op {
    case .conditional:
      vary(instruction.arms.then)
      vary(instruction.arms.otherwise)
      for arm in instruction.regions {
        Self.spread(&isVaried, from: function[arm].yields, to: instruction.results)
      }
    case .loop: varyLoop(instruction)
    case .call:
      for (result, operand) in calls.pairs(instruction, function) where isVaried[operand.position] {
        isVaried[result.position] = true
      }
    default:
      guard !instruction.op.hasZeroDerivative,
        function.operands(of: instruction).contains(where: { isVaried[$0.position] })
      else { return }
      for result in instruction.results where function.type(of: result).element == .real {
        isVaried[result.position] = true
      }
    }
  }

  private mutating func varyLoop(_ instruction: Instruction) {
    let initial = function.operands(of: instruction).dropFirst(2)
    let region = function[instruction.body]
    Self.spread(&isVaried, from: initial, to: region.parameters.dropFirst())
    // What a turn hands on may vary only because what it was handed does.
    repeat {
      vary(instruction.body)
    } while Self.spread(
      &isVaried, from: region.yields.dropFirst(), to: region.parameters.dropFirst())
    Self.spread(&isVaried, from: initial, to: instruction.results.dropLast())
    Self.spread(&isVaried, from: region.yields.dropFirst(), to: instruction.results.dropLast())
  }

  // MARK: - Upward

  private mutating func takeNote(of outputs: [Value]) {
    holdsOutput = Array(repeating: false, count: function.regions.count)
    for value in outputs {
      isUseful[value.position] = true
      holdsOutput[function.region(of: value).position] = true
    }
    // What holds a region comes after what is in it.
    for instruction in function.instructions
    where instruction.regions.contains(where: { holdsOutput[$0.position] }) {
      holdsOutput[instruction.region.position] = true
    }
  }

  private mutating func use(_ region: RegionID) {
    for id in function[region].instructions.reversed() { use(function[id]) }
  }

  private mutating func use(_ instruction: Instruction) {
    guard
      instruction.results.contains(where: { isUseful[$0.position] })
        || instruction.regions.contains(where: { holdsOutput[$0.position] })
    else { return }
    switch instruction.op {
    case .conditional:
      for arm in instruction.regions {
        Self.spread(&isUseful, from: instruction.results, to: function[arm].yields)
        use(arm)
      }
    case .loop: useLoop(instruction)
    case .call:
      for (result, operand) in calls.pairs(instruction, function) where isUseful[result.position] {
        isUseful[operand.position] = true
      }
    default:
      guard !instruction.op.hasZeroDerivative else { return }
      for operand in function.operands(of: instruction)
      where function.type(of: operand).element == .real {
        isUseful[operand.position] = true
      }
    }
  }

  private mutating func useLoop(_ instruction: Instruction) {
    let initial = function.operands(of: instruction).dropFirst(2)
    let region = function[instruction.body]
    Self.spread(&isUseful, from: instruction.results.dropLast(), to: region.yields.dropFirst())
    repeat {
      use(instruction.body)
    } while Self.spread(
      &isUseful, from: region.parameters.dropFirst(), to: region.yields.dropFirst())
    Self.spread(&isUseful, from: region.parameters.dropFirst(), to: initial)
    Self.spread(&isUseful, from: instruction.results.dropLast(), to: initial)
  }

  /// Makes each of `values` whose counterpart among `others` is in `marked` be in it too, and returns
  /// whether one was not before.
  @discardableResult
  private static func spread(
    _ marked: inout [Bool], from others: some Sequence<Value>, to values: some Sequence<Value>
  ) -> Bool {
    var isNew = false
    for (value, other) in zip(values, others)
    where marked[other.position] && !marked[value.position] {
      marked[value.position] = true
      isNew = true
    }
    return isNew
  }
}

extension Op {
  /// Whether the derivative is zero wherever it exists.
  fileprivate var hasZeroDerivative: Bool {
    if case .zero = info.rule { true } else { false }
  }

  /// Returns what replaces the adjoint of the result before the rule for `count` operands is applied.
  package func scale(_ count: Int) -> Formula? {
    if case .variadicPullback(let scale, _) = info.rule { scale(count) } else { nil }
  }

  /// Returns the formulas of the rule for `count` operands, or nil for constructs and where the
  /// derivative is zero.
  package func pullbacks(_ count: Int) -> [Formula]? {
    switch info.rule {
    case .pullback(let formulas): formulas
    case .variadicPullback(_, let formulas): formulas(count)
    case .zero: nil
    case .structure: self == .mark ? [.adjoint] : nil
    }
  }
}
