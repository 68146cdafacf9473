// What emitted functions take.

extension SwiftBody {
  /// The parameters as the head of the function lists them.
  mutating func parameters() -> [String] {
    let parameters = zip(function.parameters, printer.model.leaves.indices).map { value, index in
      let leaf = printer.model.leaves[index]
      let name = SwiftNames.escaped(names.unique(leaf.name))
      valueNames[value.position] = name
      parameterNames.append(name)
      let label = SwiftNames.escaped(leaf.name) == name ? name : "\(leaf.name) \(name)"
      return "\(label): \(SwiftBody.parameterType(leaf.type))"
        + (defaultText(index).map { " = \($0)" } ?? "")
    }
    nameDirection()
    return parameters
  }

  /// Names the parameters after the leaves: the parts of a direction.
  private mutating func nameDirection() {
    let rest = function.parameters.dropFirst(printer.model.leaves.count)
    for (value, name) in zip(rest, printer.model.independents) {
      parameterNames.append("direction.\(SwiftNames.escaped(name))")
      valueNames[value.position] = parameterNames[parameterNames.count - 1]
    }
  }

  /// Returns what a leaf is by default as Swift writes it, or nil when it has to be given.
  private func defaultText(_ index: Int) -> String? {
    let leaf = printer.model.leaves[index]
    guard !leaf.type.isScalar else { return leaf.defaultValue.map { literal($0, leaf.type) } }
    let element = ValueType(leaf.type.element)
    if let number = leaf.defaultValue, let count = leaf.type.shape.count.number {
      let type = SwiftBody.parameterType(leaf.type)
      return
        "\(type)(repeating: \(literal(number, element)), count: \(SwiftBody.grouped(Double(count))))"
    }
    guard let elements = printer.model.defaultElements[index] else { return nil }
    if printer.hasNamedDefault(index) { return SwiftNames.defaultName(leaf.name) }
    return "[\(elements.map { literal($0, element) }.joined(separator: ", "))]"
  }

  /// Returns the type of a parameter or field.
  static func parameterType(_ type: ValueType) -> String {
    type.isScalar ? self.type(type) : "[\(self.type(type))]"
  }

  /// Returns the type of a scalar, or of an element.
  static func type(_ type: ValueType) -> String {
    switch type.element {
    case .real: "Double"
    case .integer: "Int"
    case .boolean: "Bool"
    }
  }

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
}
