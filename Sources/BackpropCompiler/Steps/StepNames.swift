import BPIR

extension String {
  /// Whether the text is a name, one with a number that tells it from others, or words.
  var isSourceName: Bool {
    unicodeScalars.allSatisfy {
      "_ #[]…".unicodeScalars.contains($0) || $0.properties.isIDContinue
    }
  }
}

/// What the values of straight code are called where it is shown step by step.
///
/// A name of the source stands for one value. Where it is given again, in another turn of a loop, say, the
/// second value is called `x#2`. What has no name goes by its expression while that is short.
package struct StepNames {
  private let function: Function
  private var names: [Value: Expression] = [:]
  /// How many values have neither a name nor a short expression.
  private var unnamedCount = 0
  private let use: Use
  /// The names that the program has.
  private let taken: Set<String>

  /// Where the names stand.
  package enum Use {
    /// In a list of steps: a name that is given again is called `x#2`, and what has none `t1`.
    case list
    /// In a sentence about one step, where longer expressions can be read.
    case sentence

    /// Whether an expression is short enough to stand for a value without a name.
    fileprivate func isShort(_ expression: Expression) -> Bool {
      switch self {
      case .list: expression.size <= 2 && expression.description.count <= 28
      case .sentence: expression.size <= 12 && expression.description.count <= 60
      }
    }
  }

  /// Finds the names of the values of `function`.
  ///
  /// - Parameters:
  ///   - other: names for values that have none in the function.
  ///   - use: where they stand.
  package init(_ function: Function, _ other: [(value: Value, name: String)], for use: Use = .list)
  {
    self.function = function
    self.use = use
    taken = Set(function.parameterNames + function.names.map(\.name) + other.map(\.name))
    let leaves = zip(function.parameters, function.parameterNames).map { (value: $0, name: $1) }
    let named = function.names.map { (value: $0.value, name: $0.name) }
    // The text of an expression is no name.
    let other = other.filter { $0.name.isSourceName }
    let sorted = (named + other).enumerated().sorted {
      ($0.element.value.position, $0.offset) < ($1.element.value.position, $1.offset)
    }
    // Of the values under one name a leaf has it for itself, or else what is asked for.
    let owners = Dictionary(
      (leaves + other).map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    var counts: [String: Int] = [:]
    for (value, name) in leaves + sorted.map(\.element) {
      guard names[value] == nil, function.constant(value) == nil else { continue }
      counts[name, default: 0] += 1
      let count = counts[name, default: 1]
      let isOwner = owners[name].map { $0 == value } ?? (count == 1)
      names[value] = .name(isOwner || use == .sentence ? name : "\(name)#\(count)")
    }
    for id in function[.body].instructions where function[id].regions.isEmpty {
      nameResult(of: function[id])
    }
  }

  /// Gives a name to what `instruction` computes, when it has none.
  private mutating func nameResult(of instruction: Instruction) {
    guard names[instruction.result] == nil else { return }
    let expression = expression(of: instruction)
    if use.isShort(expression) {
      names[instruction.result] = expression
    } else {
      names[instruction.result] = .name(use == .list ? nextNumber() : "…")
    }
  }

  /// Returns a name that the program does not have.
  private mutating func nextNumber() -> String {
    repeat { unnamedCount += 1 } while taken.contains("t\(unnamedCount)")
    return "t\(unnamedCount)"
  }

  /// Returns what `value` is called: a name, a number, or a short expression.
  package subscript(value: Value) -> Expression {
    names[value] ?? function.constant(value).map(Expression.number) ?? .name("…")
  }

  /// Returns what `instruction` computes of what its operands are called.
  package func expression(of instruction: Instruction) -> Expression {
    ExpressionReader(function) { names[$0] }.expression(of: instruction)
  }
}
