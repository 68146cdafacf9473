import BPLexer
import BPParser

extension Lowering {
  /// Takes note of a derivative that is given by hand.
  mutating func defineDerivative(_ index: Int) {
    let syntax = tree.functions[index]
    let name = syntax.name
    guard let function = definedFunctions[name.name] else {
      if !tree.brokenFunctions.contains(name.name) {
        report(.derivativeOfUnknown(text(name.name), isBuiltin(name), at: name.span))
      }
      return
    }
    let parameters = tree.functions[function].parameters.count
    let head = syntax.body.lowerBound - 1
    if let first = derivativesByHand[name.name] {
      report(
        .derivativeTwice(text(name.name), at: name.span, first: tree.functions[first].name.span))
    } else if parameters != 1 || syntax.parameters.count != 1 {
      report(.derivativeByHandOfSeveral(text(name.name), parameters, at: name.span))
    } else if let use = survey.firstCalls[name.name], use < head {
      report(.derivativeAfterUse(text(name.name), at: name.span, use: tree.nodes[use].span))
    } else {
      derivativesByHand[name.name] = index
    }
  }

  private func isBuiltin(_ name: NameSyntax) -> Bool { Library.isFunction(text(name.name)) }

  /// Returns the derivative that is given for the function called `name`, unless node number `node`
  /// stands above it.
  func derivative(of name: UInt32, before node: Int) -> Int? {
    guard let index = derivativesByHand[name], tree.functions[index].body.lowerBound <= node else {
      return nil
    }
    return index
  }

  /// Calls a function of the text, with the derivative that is given for it in place of its own.
  mutating func callWithDerivative(
    _ function: Int, _ arguments: [LoweredExpression], _ node: Int
  ) -> Operand {
    let name = tree.functions[function].name.name
    // In the derivative itself the function has its own: else it would be made of itself.
    guard let byHand = derivative(of: name, before: node),
      !tree.functions[byHand].body.contains(node), arguments.count == 1,
      case .value(let argument) = arguments[0].operand, !type(argument).isBoolean,
      !(type(argument).isInteger && realLiteral(argument) == argument)
    else { return callFunction(function, arguments, node) }
    let x = realLiteral(argument)
    var stopped = arguments[0]
    stopped.operand = .value(frame.builder.append(.stop, x))
    let value = callFunction(function, [stopped], node)
    var plain = arguments[0]
    plain.operand = .value(x)
    let slope = callFunction(byHand, [plain], node)
    return attached(value, x, slope, function, at: tree.nodes[node].span)
  }

  /// Returns `value` with `slope` as its derivative with respect to `x`.
  private mutating func attached(
    _ value: Operand, _ x: Value, _ slope: Operand, _ function: Int, at span: Span
  ) -> Operand {
    if value.isBroken || slope.isBroken { return .broken }
    let name = text(tree.functions[function].name.name)
    guard case .value(let y) = value, case .value(let s) = slope,
      !type(y).isBoolean, !type(s).isBoolean
    else {
      report(.derivativeOfNoNumber(name, at: span))
      return .broken
    }
    guard unify(shape(y), shape(x), at: span),
      shape(s).isScalar || unify(shape(s), shape(x), at: span)
    else {
      report(.slopeDoesNotFit(name, shape(x), shape(y), shape(s), at: span))
      return .broken
    }
    frame.builder.span = span
    let fitted = stretched(asReal(s), to: shape(x))
    return .value(frame.builder.append(.attach, asReal(y), x, fitted))
  }
}
