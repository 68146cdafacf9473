import BPIR

// What the turns of a loop contribute to a number outside are products, and some of their factors are
// the same in each turn: with c and k from outside
//
//   sum over turns of  dy * k * (x * c)   =   c * k * (sum over turns of  dy * x)
//
// so that one sum serves every number that is a factor of the same product. The factors are applied to
// the sum one after another: a product of them alone might overflow where the whole does not.

/// A contribution in which what no turn changes is told apart.
struct FactoredTerm {
  /// What is applied to the sum, in this order.
  private(set) var factors: [Factor] = []
  /// What differs from turn to turn.
  private(set) var variants: [Value] = []
  private var isNegative = false

  /// A factor that no turn changes.
  enum Factor {
    case times(Value)
    case over(Value)
    case minus
  }

  /// The most factors that are told apart.
  private static let largest = 32

  /// Takes the product `value` apart in `function`, in the turns with the region `body`.
  init(_ value: Value, _ function: Function, in body: RegionID) {
    var open = [value]
    while let next = open.popLast() {
      guard function.region(of: next) == body else {
        factors.append(.times(next))
        continue
      }
      let instruction = function.instruction(defining: next)
      let operands = instruction.map { Array(function.operands(of: $0)) } ?? []
      let isSmall = factors.count + variants.count + open.count < FactoredTerm.largest
      switch instruction?.op {
      case .multiply where isSmall: open += operands
      case .negate where isSmall:
        isNegative.toggle()
        open.append(operands[0])
      case .divide where isSmall && function.region(of: operands[1]) != body:
        factors.append(.over(operands[1]))
        open.append(operands[0])
      default: variants.append(next)
      }
    }
    if isNegative { factors.append(.minus) }
    variants.sort { $0.index < $1.index }
  }

  /// Returns the product of what differs from turn to turn.
  func variantProduct(in builder: inout Builder) -> Value {
    variants.dropFirst().reduce(variants.first ?? builder.constant(1)) {
      builder.append(.multiply, $0, $1)
    }
  }

  /// Returns the sum of the term over the turns from that of what differs.
  func applied(to sum: Value, in builder: inout Builder) -> Value {
    factors.reduce(sum) { value, factor in
      switch factor {
      case .times(let factor): builder.append(.multiply, value, factor)
      case .over(let factor): builder.append(.divide, value, factor)
      case .minus: builder.append(.negate, value)
      }
    }
  }
}

/// The sums over the turns of a loop that its contributions to numbers outside share.
struct LoopSums {
  /// What each sum is at the start of a turn, and after it.
  private(set) var sums: [(before: Value, after: Value)] = []
  private var indices: [Value: Int] = [:]

  /// Returns the number of the sum of `variant`, which is made when it is not there yet.
  mutating func sum(of variant: Value, _ body: RegionID, in builder: inout Builder) -> Int {
    if let index = indices[variant] { return index }
    let before = builder.addCarried(to: body, .real)
    sums.append((before, builder.append(.add, before, variant)))
    indices[variant] = sums.count - 1
    return sums.count - 1
  }
}
