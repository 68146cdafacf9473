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
  /// What has been called by its expression, or a number, because it was too long for that.
  private var unnamedCount = 0

  /// Whether an expression is short enough to stand for a value without a name.
  private static func isShort(_ expression: Expression) -> Bool {
    expression.size <= 2 && expression.description.count <= 28
  }

  /// Finds the names of the values of `function`.
  ///
  /// - Parameter other: names for values that have none in the function.
  package init(_ function: Function, _ other: [(value: Value, name: String)]) {
    self.function = function
    let leaves = zip(function.parameters, function.parameterNames).map { (value: $0, name: $1) }
    let named = function.names.map { (value: $0.value, name: $0.name) }
    // The text of an expression is no name.
    let other = other.filter { $0.name.isSourceName }
    let sorted = (named + other).enumerated().sorted {
      ($0.element.value.position, $0.offset) < ($1.element.value.position, $1.offset)
    }
    var counts: [String: Int] = [:]
    for (value, name) in leaves + sorted.map(\.element) {
      guard names[value] == nil, function.constant(value) == nil else { continue }
      counts[name, default: 0] += 1
      let count = counts[name, default: 1]
      names[value] = .name(count == 1 ? name : "\(name)#\(count)")
    }
    for id in function[.body].instructions { nameResult(of: function[id]) }
  }

  /// Gives a name to what `instruction` computes, when it has none.
  private mutating func nameResult(of instruction: Instruction) {
    guard names[instruction.result] == nil else { return }
    let expression = expression(of: instruction)
    if StepNames.isShort(expression) {
      names[instruction.result] = expression
    } else {
      unnamedCount += 1
      names[instruction.result] = .name("t\(unnamedCount)")
    }
  }

  /// Returns what `value` is called: a name, a number, or a short expression.
  package subscript(value: Value) -> Expression {
    names[value] ?? function.constant(value).map(Expression.number) ?? .name("_")
  }

  /// Returns what `instruction` computes of what its operands are called.
  package func expression(of instruction: Instruction) -> Expression {
    ExpressionReader(function) { names[$0] }.expression(of: instruction)
  }
}
