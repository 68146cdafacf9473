// The functions of a program with arrays. Those that a user calls take arrays and check their sizes;
// each calls a private one that takes pointers, computes in a workspace and allocates nothing.

/// The parameters that all functions for users share.
private struct SwiftSignature {
  /// The parameters as the head of a function lists them.
  let parameters: [String]
  /// The names of the leaves inside the functions.
  let leafNames: [String]
  /// The names of the sizes inside the functions.
  let symbols: [String: String]
  /// The arguments of a call with the same parameters.
  let arguments: [String]
}

/// A private function that computes with pointers.
private struct SwiftCore {
  let name: String
  let text: String
  /// The constants that it takes after the leaves and sizes.
  let constants: [String]
  /// How many elements its workspace has.
  let workspaceCount: Dimension
}

extension SwiftPrinter {
  /// The texts of the functions in the order in which they stand.
  mutating func arrayFunctionTexts() -> [String] {
    let signature = signature()
    let value = core("computeValue", model.value, .value)
    let gradient = core("computeGradient", model.gradient, .gradient)
    var texts = [valueText(signature, value)]
    texts.append(allocatingText(signature, gradient))
    texts.append(gradientText(signature))
    texts.append(writingText(signature, gradient))
    texts.append(workspaceText(gradient))
    var cores = [value.text, gradient.text]
    if let hessian = model.hessian {
      let core = core("computeHessian", hessian, .hessian)
      texts.append(hessianText(signature, core))
      cores.append(core.text)
    }
    if let check = checkText(signature) { texts.append(check) }
    return texts + cores + constantTexts
  }

  private var result: String { "`\(model.result)`" }

  /// The names that functions for users use themselves.
  private static let reserved: Set<String> = [
    "result", "computeValue", "computeGradient", "computeHessian", "checkSizes", "valueAndGradient",
    "workspaceCount", "needed", "precondition", "max",
  ]

  private func signature() -> SwiftSignature {
    var body = SwiftBody(model.value, self, prefix: "", reserved: SwiftPrinter.reserved)
    var parameters = body.parameters()
    let symbols = body.nameSizes()
    var arguments = zip(model.leaves, body.parameterNames).map {
      "\(SwiftPrinter.label($0.name)): \($1)"
    }
    for symbol in sizes.parameters {
      let name = symbols[symbol] ?? symbol
      parameters.append(name == symbol ? "\(name): Int" : "\(symbol) \(name): Int")
      arguments.append("\(symbol): \(name)")
    }
    return SwiftSignature(
      parameters: parameters, leafNames: body.parameterNames, symbols: symbols,
      arguments: arguments)
  }

  // MARK: - Functions for users

  /// Returns a function with the parameters of `signature`.
  private func text(
    _ sentences: [String], _ name: String, _ parameters: [String], _ result: String,
    _ body: (inout LineWriter) -> Void
  ) -> String {
    var inner = LineWriter()
    for sentence in sentences { inner.line(sentence.isEmpty ? "///" : "/// \(sentence)") }
    ignoreRules(model.leaves.map(\.name) + sizes.computed, &inner)
    let head = "static func \(name)(\(parameters.joined(separator: ", "))) -> \(result) {"
    let lines = SwiftPrinter.wrapped(head, parameters)
    for line in lines.dropLast() { inner.line(line) }
    inner.block(lines[lines.count - 1], "}", body)
    return String(inner.text.dropLast())
  }

  private func valueText(_ signature: SwiftSignature, _ core: SwiftCore) -> String {
    text(["Returns \(result)."], "value", signature.parameters, "Double") { writer in
      writeSizes(signature, &writer)
      writeCall(core, signature, [], allocating: true, "return ", &writer)
    }
  }

  private func allocatingText(_ signature: SwiftSignature, _ core: SwiftCore) -> String {
    text(
      ["Returns \(result) and its derivatives."], "valueAndGradient", signature.parameters,
      "(value: Double, gradient: Gradient)"
    ) { writer in
      var needed = core.workspaceCount.symbols
      let fields = zip(model.independents, gradientTypes).map { name, type in
        needed += type.shape.count.symbols
        let count = type.shape.count.swift(signature.symbols)
        let zeros = type.isScalar ? "0.0" : "[Double](repeating: 0.0, count: \(count))"
        return "\(SwiftPrinter.label(name)): \(zeros)"
      }
      writeSizes(signature, only: needed, &writer)
      SwiftPrinter.writeCall("var gradient = Gradient", fields, to: &writer)
      let count = workspaceArguments(signature, core)
      writer.line("var workspace = [Double](repeating: 0.0, count: workspaceCount\(count))")
      SwiftPrinter.writeCall(
        "let result = valueAndGradient",
        signature.arguments + ["into: &gradient", "workspace: &workspace"], to: &writer)
      writer.line("return (result, gradient)")
    }
  }

  private func gradientText(_ signature: SwiftSignature) -> String {
    text(
      ["Returns the derivatives of \(result)."], "gradient", signature.parameters, "Gradient"
    ) { writer in
      SwiftPrinter.writeCall(
        "valueAndGradient", signature.arguments, ").gradient", to: &writer)
    }
  }

  private func writingText(_ signature: SwiftSignature, _ core: SwiftCore) -> String {
    let own = ["into gradient: inout Gradient", "workspace: inout [Double]"]
    return text(
      [
        "Returns \(result) and writes its derivatives to `gradient`.", "",
        "Nothing is allocated: the arrays of `gradient` have the sizes of the arguments, and the array",
        "`workspace` has the size that `workspaceCount` tells, or a larger one.",
      ], "valueAndGradient", signature.parameters + own, "Double"
    ) { writer in
      writeSizes(signature, &writer)
      for (name, type) in zip(model.independents, gradientTypes) where !type.isScalar {
        let field = "gradient.\(SwiftNames.escaped(name))"
        require(field, field, type.shape, signature.symbols, &writer)
      }
      if core.workspaceCount != Dimension(0) {
        writer.line("let needed: Int = workspaceCount\(workspaceArguments(signature, core))")
        writePrecondition(
          "workspace.count >= needed",
          "\"'workspace' has \\(workspace.count) elements, and \\(needed) are needed\"", &writer)
      }
      let targets = model.independents.map { "&gradient.\(SwiftNames.escaped($0))" }
      writeCall(core, signature, targets, allocating: false, "return ", &writer)
    }
  }

  private func workspaceArguments(_ signature: SwiftSignature, _ core: SwiftCore) -> String {
    let names = core.workspaceCount.symbols.map { "\($0): \(signature.symbols[$0] ?? $0)" }
    return names.isEmpty ? "" : "(\(names.joined(separator: ", ")))"
  }

  private func workspaceText(_ core: SwiftCore) -> String {
    let count = core.workspaceCount
    let sentence = "/// How many elements the workspace of `valueAndGradient` has."
    guard count.number == nil else {
      return "\(sentence)\nstatic let workspaceCount = \(count.swift([:]))"
    }
    let symbols = Dictionary(
      uniqueKeysWithValues: count.symbols.map { ($0, SwiftNames.escaped($0)) })
    let parameters = count.symbols.map { "\($0): Int" }.joined(separator: ", ")
    var writer = LineWriter()
    writer.line(sentence)
    ignoreRules(count.symbols, &writer)
    writer.line("static func workspaceCount(\(parameters)) -> Int {")
    writer.line("  \(count.swift(symbols))")
    writer.line("}")
    return String(writer.text.dropLast())
  }

  private func hessianText(_ signature: SwiftSignature, _ core: SwiftCore) -> String {
    text(
      ["Returns \(result) and its first and second derivatives."], "valueGradientAndHessian",
      signature.parameters, "(value: Double, gradient: Gradient, hessian: Hessian)"
    ) { writer in
      writeSizes(signature, &writer)
      writeCall(core, signature, [], allocating: true, "return ", &writer)
    }
  }

  private var gradientTypes: [ValueType] {
    model.gradient.results.dropFirst().map { model.gradient.type(of: $0) }
  }

  // MARK: - Sizes

  /// Writes what the sizes are, and the call that checks them; with `only`, those that are named and
  /// no check.
  private func writeSizes(
    _ signature: SwiftSignature, only needed: [String]? = nil, _ writer: inout LineWriter
  ) {
    for name in sizes.neededSymbols(needed) {
      guard let origin = sizes.symbols.first(where: { $0.name == name })?.origin,
        case .count(let leaf, let rest, let factor) = origin,
        let index = model.leaves.firstIndex(where: { $0.name == leaf })
      else { continue }
      var sum = SwiftSum()
      sum.add("\(signature.leafNames[index]).count")
      sum.add(Dimension(-1) * rest, signature.symbols)
      var text = factor == Dimension(1) || sum.count == 1 ? sum.text : "(\(sum.text))"
      if let number = factor.number {
        text += number == 1 ? "" : " / \(number)"
      } else {
        text += " / max(1, \(factor.swift(signature.symbols)))"
      }
      ignoreRules([signature.symbols[name] ?? name], &writer)
      writer.line("let \(signature.symbols[name] ?? name): Int = \(text)")
    }
    guard needed == nil, !checks.isEmpty || !sizeChecks.isEmpty else { return }
    SwiftPrinter.writeCall("checkSizes", checkArguments(signature), to: &writer)
  }

  /// The leaves whose counts do not follow from what the sizes were read off.
  private var checks: [Int] {
    model.leaves.indices.filter { index in
      let leaf = model.leaves[index]
      guard !leaf.type.isScalar else { return false }
      return !sizes.symbols.contains { symbol in
        guard case .count(leaf.name, _, let factor) = symbol.origin else { return false }
        return factor == Dimension(1)
      }
    }
  }

  /// The sizes that have to be checked because they may be negative.
  private var sizeChecks: [Dimension] {
    var found: [Dimension] = []
    for function in [model.value, model.gradient] + (model.hessian.map { [$0] } ?? []) {
      for index in 0..<function.valueCount {
        for dimension in function.type(of: Value(index)).shape.dimensions
        where !dimension.isNeverNegative && !found.contains(dimension.primitive) {
          found.append(dimension.primitive)
        }
      }
    }
    return found
  }

  private func checkArguments(_ signature: SwiftSignature) -> [String] {
    checks.map { signature.leafNames[$0] }
      + sizes.symbols.map { signature.symbols[$0.name] ?? $0.name }
  }

  private func checkText(_ signature: SwiftSignature) -> String? {
    guard !checks.isEmpty || !sizeChecks.isEmpty else { return nil }
    var parameters = checks.map { index in
      "_ \(signature.leafNames[index]): \(SwiftBody.parameterType(model.leaves[index].type))"
    }
    parameters += sizes.symbols.map { "_ \(signature.symbols[$0.name] ?? $0.name): Int" }
    var writer = LineWriter()
    writer.line(
      "/// Ends the program unless the arguments have the sizes that the source declares.")
    ignoreRules(signature.leafNames + sizes.symbols.map(\.name), &writer)
    let head = "private static func checkSizes(\(parameters.joined(separator: ", "))) {"
    let lines = SwiftPrinter.wrapped(head, parameters)
    for line in lines.dropLast() { writer.line(line) }
    writer.block(lines[lines.count - 1]) { writer in
      for index in checks {
        let leaf = model.leaves[index]
        require(
          signature.leafNames[index], leaf.name, leaf.type.shape, signature.symbols, &writer)
      }
      for size in sizeChecks {
        let text = size.swift(signature.symbols)
        writePrecondition("\(text) >= 0", "\"the size \(size) is \\(\(text))\"", &writer)
      }
    }
    return String(writer.text.dropLast())
  }

  /// Writes the test that an array has the elements of `shape`.
  private func require(
    _ variable: String, _ name: String, _ shape: Shape, _ symbols: [String: String],
    _ writer: inout LineWriter
  ) {
    let count = shape.count.swift(symbols)
    let needed = shape.count.number == nil ? "\\(\(count))" : count
    let message = "\"'\(name)' has \\(\(variable).count) elements, and \(shape) has \(needed)\""
    writePrecondition("\(variable).count == \(count)", message, &writer)
  }

  private func writePrecondition(
    _ condition: String, _ message: String, _ writer: inout LineWriter
  ) {
    let line = "precondition(\(condition), \(message))"
    if 2 * writer.depth + line.count <= SwiftPrinter.width { return writer.line(line) }
    writer.line("precondition(")
    if condition.count + message.count + 5 + 2 * writer.depth <= SwiftPrinter.width {
      return writer.line("  \(condition), \(message))")
    }
    writer.line("  \(condition),")
    writer.line("  \(message))")
  }

  // MARK: - Private functions

  /// What a private function gives.
  private enum Outcome { case value, gradient, hessian }

  /// Writes the call of a private function.
  private func writeCall(
    _ core: SwiftCore, _ signature: SwiftSignature, _ targets: [String], allocating: Bool,
    _ start: String, _ writer: inout LineWriter
  ) {
    var arguments = signature.leafNames
    arguments += sizes.computed.map { signature.symbols[$0] ?? $0 }
    arguments += core.constants + targets
    if core.workspaceCount != Dimension(0) {
      if allocating {
        let count = core.workspaceCount.swift(signature.symbols)
        writer.line("var workspace = [Double](repeating: 0.0, count: \(count))")
      }
      arguments.append("&workspace")
    }
    SwiftPrinter.writeCall(start + core.name, arguments, to: &writer)
  }

  private mutating func core(
    _ name: String, _ function: Function, _ outcome: Outcome
  ) -> SwiftCore {
    var body = SwiftBody(function, self, prefix: name)
    _ = body.parameters()
    body.arrays.symbols = body.nameSizes()
    var parameters = zip(body.parameterNames, model.leaves).map { name, leaf in
      let type = SwiftBody.type(leaf.type)
      return "_ \(name): \(leaf.type.isScalar ? type : "UnsafePointer<\(type)>")"
    }
    parameters += sizes.computed.map { "_ \(body.arrays.symbols[$0] ?? $0): Int" }
    let constants = body.nameConstants()
    parameters += constants.map { "_ \($0.name): UnsafePointer<\($0.type)>" }
    let targets = outcome == .gradient ? body.nameTargets(model.independents) : []
    for (target, type) in zip(targets, gradientTypes) {
      let kind = type.isScalar ? "inout Double" : "UnsafeMutablePointer<Double>"
      parameters.append("_ \(target): \(kind)")
    }
    var inner = LineWriter()
    inner.depth = 1
    body.print(&inner)
    body.writeResults(targets, &inner)
    let prepared = outcome == .hessian ? body.prepare(function.results, &inner) : []
    switch outcome {
    case .value, .gradient: body.writeValue(&inner)
    case .hessian: SwiftPrinter.writeHessian(body.results, model.independents, to: &inner)
    }
    body.forget(prepared)
    if body.arrays.workspaceCount != Dimension(0) {
      parameters.append("_ workspace: UnsafeMutablePointer<Double>")
    }
    helpers += body.helpers.filter { !helpers.contains($0) }
    usesLibrary = usesLibrary || body.usesLibrary
    let type =
      outcome == .hessian ? "(value: Double, gradient: Gradient, hessian: Hessian)" : "Double"
    var writer = LineWriter()
    ignoreRules(model.leaves.map(\.name) + sizes.computed + targets, &writer)
    let head = "private static func \(name)(\(parameters.joined(separator: ", "))) -> \(type) {"
    for line in SwiftPrinter.wrapped(head, parameters) { writer.line(line) }
    return SwiftCore(
      name: name, text: writer.text + inner.text + "}", constants: constants.map(\.name),
      workspaceCount: body.arrays.workspaceCount)
  }

  /// The constants that are arrays.
  private var constantTexts: [String] {
    constants.enumerated().map { index, elements in
      let element = ValueType(elements.type.element)
      let body = SwiftBody(model.value, self, prefix: "")
      let items = elements.numbers.map { body.literal($0, element) }
      var writer = LineWriter()
      let head = "private static let constant\(index + 1): [\(SwiftBody.constantType(element))] = ["
      let line = head + items.joined(separator: ", ") + "]"
      if line.count <= SwiftPrinter.width {
        writer.line(line)
      } else {
        writer.line(head)
        let lines = SwiftPrinter.filled(items)
        for (number, line) in lines.enumerated() {
          writer.line(number + 1 == lines.count ? line + "," : line)
        }
        writer.line("]")
      }
      return String(writer.text.dropLast())
    }
  }
}

extension SwiftSizes {
  /// Returns the symbols in the order in which they are found; with `names`, those and what they are
  /// computed from.
  func neededSymbols(_ names: [String]?) -> [String] {
    guard let names else { return symbols.map(\.name) }
    var needed = Set(names)
    for symbol in symbols.reversed() where needed.contains(symbol.name) {
      if case .count(_, let rest, let factor) = symbol.origin {
        needed.formUnion(rest.symbols + factor.symbols)
      }
    }
    return symbols.map(\.name).filter(needed.contains)
  }
}

extension SwiftBody {
  /// Gives the sizes that data gives their names, and returns these.
  mutating func nameSizes() -> [String: String] {
    var found: [String: String] = [:]
    for (name, leaf) in zip(parameterNames, printer.model.leaves) where leaf.type == .integer {
      found[leaf.name] = name
    }
    for symbol in printer.sizes.computed {
      found[symbol] = SwiftNames.escaped(names.unique(symbol))
    }
    return found
  }

  /// Has the arguments that are arrays, and the constants, be read from memory; returns the constants.
  mutating func nameConstants() -> [(name: String, type: String)] {
    for (index, value) in function.parameters.enumerated()
    where !function.type(of: value).isScalar {
      arrays.memories[value] = SwiftMemory(
        name: parameterNames[index], holdsIntegers: function.type(of: value).isInteger)
      valueNames[value.position] = nil
    }
    var found: [(name: String, type: String)] = []
    for instruction in function.instructions where instruction.op == .array {
      guard case .elements(let elements) = function.attribute(of: instruction),
        let index = printer.constants.firstIndex(of: elements)
      else { continue }
      let name = "constant\(index + 1)"
      let type = SwiftBody.constantType(elements.type)
      arrays.memories[instruction.result] = SwiftMemory(name: name, holdsIntegers: type == "Int")
      if !found.contains(where: { $0.name == name }) { found.append((name, type)) }
    }
    return found
  }

  /// Returns the type in which a constant holds its elements.
  static func constantType(_ type: ValueType) -> String { type.isInteger ? "Int" : "Double" }

  /// Names what results after the first are written to, and has them be computed there.
  mutating func nameTargets(_ independents: [String]) -> [String] {
    let targets = independents.map { SwiftNames.escaped(names.unique("d" + $0)) }
    let values = Array(function.results.dropFirst())
    let memories = zip(targets, values).map { name, value in
      function.type(of: value).isScalar ? nil : SwiftMemory(name: name, holdsIntegers: false)
    }
    aim(values, memories, in: .body)
    return targets
  }

  /// Writes the results after the first to `targets`.
  mutating func writeResults(_ targets: [String], _ writer: inout LineWriter) {
    for (target, value) in zip(targets, function.results.dropFirst()) {
      guard function.type(of: value).isScalar else {
        write(value, to: SwiftMemory(name: target, holdsIntegers: false), &writer)
        continue
      }
      let prepared = prepare([value], &writer)
      writer.line("\(target) = \(atom(value))")
      forget(prepared)
    }
  }

  /// Writes the return of the first result.
  mutating func writeValue(_ writer: inout LineWriter) {
    let prepared = prepare([function.results[0]], &writer)
    writer.line("return \(atom(function.results[0]))")
    forget(prepared)
  }
}

extension Function {
  /// The arrays of constants in it.
  var arrayConstants: [Attribute.Elements] {
    instructions.compactMap { instruction in
      guard instruction.op == .array, case .elements(let elements) = attribute(of: instruction)
      else { return nil }
      return elements
    }
  }
}

extension Module {
  /// What leaves are by default where that is an array of constants.
  package var defaultElements: [[Double]?] {
    leaves.map { leaf in
      guard let value = leaf.defaultArray else { return nil }
      if let number = main.constant(value), let count = main.type(of: value).shape.count.number {
        return count > 200 ? nil : Array(repeating: number, count: count)
      }
      guard let instruction = main.instruction(defining: value), instruction.op == .array,
        case .elements(let elements) = main.attribute(of: instruction)
      else { return nil }
      return elements.numbers
    }
  }
}
