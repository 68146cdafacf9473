// The expressions that operations on numbers become.

extension SwiftBody {
  /// Whether `value` is a condition that is written where it is used.
  func isInlined(_ value: Value) -> Bool {
    guard inlinesConditions, function.type(of: value).isBoolean, useCounts[value.position] == 1,
      let instruction = function.instruction(defining: value)
    else { return false }
    if instruction.op == .call || resultSet.contains(value) { return false }
    return hasSteps ? arrays.inlined.contains(value) : instruction.op != .conditional
  }

  /// Returns `value` where an operator of `precedence` takes it.
  mutating func expression(_ value: Value, above precedence: Int) -> String {
    guard isInlined(value), valueNames[value.position] == nil,
      let instruction = function.instruction(defining: value)
    else {
      let isBare = arrays.loose.contains(value) && precedence < 4
      return isBare ? valueNames[value.position] ?? atom(value) : atom(value)
    }
    let inner = expression(instruction)
    return inner.precedence <= precedence ? "(\(inner.text))" : inner.text
  }

  /// Returns a named value or a literal.
  func atom(_ value: Value) -> String {
    if let number = function.constant(value) { return literal(number, function.type(of: value)) }
    let name = valueNames[value.position] ?? "t\(value.index)"
    return arrays.loose.contains(value) ? "(\(name))" : name
  }

  /// Returns the expression of an instruction, and how tightly its operator binds.
  mutating func expression(_ instruction: Instruction) -> (text: String, precedence: Int) {
    let operands = Array(function.operands(of: instruction))
    if let call = operatorCall(instruction, operands) { return (call, 9) }
    switch instruction.op.info.swift {
    case .infix(let sign):
      let precedence = SwiftBody.precedence(sign)
      let a = expression(operands[0], above: precedence)
      return ("\(a) \(sign) \(expression(operands[1], above: precedence))", precedence)
    case .prefix(let sign): return ("\(sign)\(expression(operands[0], above: 8))", 9)
    case .method(let call):
      // Roots are the processor's, but on Linux the linker asks for the library's.
      usesLibrary = usesLibrary || call == "squareRoot()"
      return ("\(atom(operands[0])).\(call)", 9)
    case .function(let name):
      usesLibrary = usesLibrary || !["abs", "Double"].contains(name)
      return ("\(name)(\(operands.map { atom($0) }.joined(separator: ", ")))", 9)
    case .helper(let helper): return (call(helper, operands), 9)
    case .special: return (choice(operands), 1)
    }
  }

  private mutating func choice(_ operands: [Value]) -> String {
    let parts = operands.map { expression($0, above: 1) }
    return "\(parts[0]) ? \(parts[1]) : \(parts[2])"
  }

  mutating func call(_ helper: SwiftHelper, _ operands: [Value]) -> String {
    let arguments = operands.map { argument($0, of: helper) }.joined(separator: ", ")
    var helper = helper
    if function.type(of: operands[0]).isInteger {
      switch helper {
      case .minimum: return "min(\(arguments))"
      case .maximum: return "max(\(arguments))"
      case .modulo: helper = .integerModulo
      default: break
      }
    }
    need(helper)
    return rounded("\(helper.name)(\(arguments))", helper)
  }

  /// Returns `value` as `helper` takes it.
  private func argument(_ value: Value, of helper: SwiftHelper) -> String {
    let widens =
      printer.model.scalar == .float && helper.isOfDoubles && function.type(of: value).isReal
    return widens ? "Float64(\(atom(value)))" : atom(value)
  }

  /// Returns a call of `helper` as a number of the file's type.
  func rounded(_ call: String, _ helper: SwiftHelper) -> String {
    printer.model.scalar == .float && helper.isOfDoubles ? "Double(\(call))" : call
  }

  /// Makes the file bring along `helper`, and what that calls.
  mutating func need(_ helper: SwiftHelper) {
    for needed in helper.requirements + [helper] where !helpers.contains(needed) {
      helpers.append(needed)
      usesLibrary = usesLibrary || needed.usesLibrary
    }
  }

  /// How tightly Swift's operators bind, from the choice on.
  private static func precedence(_ sign: String) -> Int {
    switch sign {
    case "||": 2
    case "&&": 3
    case "+", "-": 5
    case "*", "/": 6
    default: 4
    }
  }
}
