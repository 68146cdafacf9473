/// The functions that the functions of a file call, each once.
struct SwiftCalls {
  /// The functions, callees before their callers; calls refer to them by their number.
  private(set) var callees: [Function] = []
  /// Their names.
  private(set) var names: [String] = []
  /// Whether one of them allocates memory.
  var allocate = false
  private var numbers: [String: Int] = [:]
  private var taken = SwiftNames(reserved: [
    "value", "valueAndGradient", "gradient", "valueGradientAndHessian",
  ])

  /// Takes the callees of `function` in, and returns it calling those.
  mutating func adopting(_ function: Function) -> Function {
    guard !function.callees.isEmpty else { return function }
    var own: [Int] = []
    for callee in function.callees { own.append(number(of: callee.renumberingCalls(own))) }
    var adopted = function.renumberingCalls(own)
    adopted.callees = []
    return adopted
  }

  private mutating func number(of callee: Function) -> Int {
    let text = callee.text(calling: names)
    if let known = numbers[text] { return known }
    callees.append(callee)
    names.append(SwiftNames.escaped(taken.unique(callee.name)))
    numbers[text] = callees.count - 1
    return callees.count - 1
  }
}

extension SwiftPrinter {
  /// The texts of the functions that the others call.
  mutating func calledFunctionTexts() -> [String] {
    calls.callees.indices.map { text(ofCallee: $0) }
  }

  private mutating func text(ofCallee number: Int) -> String {
    let callee = calls.callees[number]
    let name = calls.names[number]
    var body = SwiftBody(callee, self, prefix: name)
    body.isCalled = true
    let parameters = body.calledParameters()
    let types = callee.resultTypes.map(SwiftBody.type)
    let result = types.count == 1 ? types[0] : "(\(types.joined(separator: ", ")))"
    var writer = LineWriter()
    ignoreRules([name] + body.parameterNames, &writer)
    SwiftPrinter.writeFunction(
      "private static func \(name)", parameters, result, to: &writer
    ) { writer in
      body.print(&writer)
      let results = body.results
      if results.count == 1 {
        writer.line("return \(results[0])")
      } else {
        SwiftPrinter.writeCall("return ", results, to: &writer)
      }
    }
    calls.allocate = calls.allocate || body.allocates
    adopt(body)
    return String(writer.text.dropLast())
  }
}

extension SwiftBody {
  /// The parameters of a function that others call.
  fileprivate mutating func calledParameters() -> [String] {
    zip(function.parameters, function.parameterNames).map { value, wished in
      let name = SwiftNames.escaped(names.unique(SwiftBody.identifier(wished)))
      valueNames[value.position] = name
      parameterNames.append(name)
      return "_ \(name): \(SwiftBody.type(function.type(of: value)))"
    }
  }

  /// Writes a call.
  mutating func printCall(_ instruction: Instruction, _ writer: inout LineWriter) {
    printComment(instruction.span, &writer)
    let arguments = function.operands(of: instruction).map { expression($0, above: 0) }
    let call = "\(printer.calls.names[Int(instruction.attribute)])"
    let results = Array(instruction.results)
    let isVariable = results.contains { arrays.wishes[$0] != nil }
    guard results.count > 1 else {
      let expression = "\(call)(\(arguments.joined(separator: ", ")))"
      return declare(results[0], as: expression, &writer)
    }
    guard isVariable else {
      let names = results.map { isUsed($0) ? name($0) : "_" }
      printer.ignoreRules(names.filter { $0 != "_" }, &writer)
      return SwiftPrinter.writeCall(
        "let (\(names.joined(separator: ", "))) = \(call)", arguments, to: &writer)
    }
    let all = names.unique(nextTemporary())
    SwiftPrinter.writeCall("let \(all) = \(call)", arguments, to: &writer)
    for (position, result) in results.enumerated() where isUsed(result) {
      declare(result, as: "\(all).\(position)", &writer)
    }
  }

  private func isUsed(_ value: Value) -> Bool {
    useCounts[value.position] > 0 || resultSet.contains(value)
  }
}
