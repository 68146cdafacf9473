// The arrays of numbers that a file holds: constants and defaults.

extension SwiftPrinter {
  /// The constants that are arrays.
  var constantTexts: [String] {
    constants.enumerated().map { index, elements in
      let element = ValueType(elements.type.element)
      let type = SwiftBody.constantType(element)
      return constantText(
        "private static let constant\(index + 1): [\(type)]", elements.numbers, element)
    }
  }

  /// The defaults that are too long to stand in every function.
  var defaultTexts: [String] {
    model.leaves.indices.compactMap { index in
      let leaf = model.leaves[index]
      guard let numbers = model.defaultElements[index], hasNamedDefault(index) else { return nil }
      let name = SwiftNames.defaultName(leaf.name)
      var writer = LineWriter()
      writer.line("/// What `\(leaf.name)` is unless it is given.")
      ignoreRules([name], &writer)
      let type = SwiftBody.parameterType(leaf.type)
      return writer.text
        + constantText(
          "\(access)static let \(name): \(type)", numbers, ValueType(leaf.type.element))
    }
  }

  /// Whether the default of a leaf is a constant of its own.
  func hasNamedDefault(_ index: Int) -> Bool {
    guard let elements = model.defaultElements[index] else { return false }
    if elements.count > SwiftModel.mostDefaultElements { return true }
    return literals(elements, ValueType(model.leaves[index].type.element)).joined().count > 40
  }

  private func literals(_ numbers: [Double], _ type: ValueType) -> [String] {
    let body = SwiftBody(Function(name: ""), self, prefix: "")
    return numbers.map { body.literal($0, type) }
  }

  private func constantText(_ head: String, _ numbers: [Double], _ type: ValueType) -> String {
    let items = literals(numbers, type)
    let line = "\(head) = [\(items.joined(separator: ", "))]"
    // The formatter leaves room for a comma behind the last element.
    if line.count < SwiftPrinter.width { return line }
    return (["\(head) = ["] + SwiftPrinter.filled(items)).joined(separator: "\n") + ",\n]"
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
        return count > SwiftModel.mostDefaultElements ? nil : Array(repeating: number, count: count)
      }
      guard let instruction = main.instruction(defining: value), instruction.op == .array,
        case .elements(let elements) = main.attribute(of: instruction),
        elements.numbers.count <= SwiftModel.mostDefaultElements
      else { return nil }
      return elements.numbers
    }
  }
}
