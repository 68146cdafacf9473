// Elements of arrays as expressions.

extension SwiftBody {
  /// Returns the element that the variables of loops name, where the elements are `strides` apart.
  mutating func element(_ view: SwiftView, _ strides: [Dimension], _ type: ValueType) -> String {
    switch view.root {
    case .number(let text): return text
    case .index:
      let sum = sum(view, strides)
      return sum.count > 1 ? "(\(sum.text))" : sum.text
    case .memory(let memory):
      let text = place(view, strides)
      return memory.holdsIntegers ? text : SwiftBody.loaded(text, type)
    }
  }

  /// Returns the same element as a `Double`.
  mutating func number(
    _ view: SwiftView, _ strides: [Dimension], _ type: ValueType
  ) -> String {
    if view.numbers != nil { return place(view, strides) }
    return SwiftBody.stored(element(view, strides, type), type)
  }

  /// Returns the place of that element in the memory that a view reads.
  mutating func place(_ view: SwiftView, _ strides: [Dimension]) -> String {
    guard case .memory(let memory) = view.root else { return "" }
    return "\(memory.name)[\(sum(view, strides).text)]"
  }

  /// Returns the pointer to that element.
  mutating func pointer(_ view: SwiftView, _ strides: [Dimension]) -> String {
    guard case .memory(let memory) = view.root else { return "" }
    return sum(view, strides, from: memory.name).text
  }

  private mutating func sum(
    _ view: SwiftView, _ strides: [Dimension], from name: String? = nil
  ) -> SwiftSum {
    var sum = SwiftSum()
    if let name { sum.add(name) }
    for start in view.starts { sum.add(start) }
    for (depth, stride) in strides.enumerated() {
      sum.add(loopIndex(depth), times: stride, arrays.symbols)
    }
    sum.add(view.offset, arrays.symbols)
    return sum
  }

  /// Returns how an element is stored among `Double`s.
  static func stored(_ text: String, _ type: ValueType) -> String {
    switch type.element {
    case .real: text
    case .integer: "Double(\(text))"
    case .boolean: "\(text) ? 1.0 : 0.0"
    }
  }

  /// Returns what an element that is stored among `Double`s stands for.
  static func loaded(_ text: String, _ type: ValueType) -> String {
    switch type.element {
    case .real: text
    case .integer: "Int(\(text))"
    case .boolean: "\(text) != 0.0"
    }
  }

  /// Lets expressions name what is one number in memory; returns what `forget` takes.
  mutating func prepare(_ values: [Value], _ writer: inout LineWriter) -> [Value] {
    var prepared: [Value] = []
    for value in values
    where function.constant(value) == nil && valueNames[value.position] == nil {
      // A condition that is written where it is used is read there, too.
      if arrays.inlined.contains(value), let condition = function.instruction(defining: value) {
        prepared += prepare(Array(function.operands(of: condition)), &writer)
        continue
      }
      name(value, view(of: value, &writer), [])
      prepared.append(value)
    }
    return prepared
  }

  /// Gives `value` the name of an element that is read from a view.
  mutating func name(_ value: Value, _ view: SwiftView, _ strides: [Dimension]) {
    let type = function.type(of: value)
    valueNames[value.position] = element(view, strides, type)
    if type.isBoolean, case .memory = view.root { arrays.loose.insert(value) }
  }

  /// Takes the names of `values` back.
  mutating func forget(_ values: [Value]) {
    for value in values {
      valueNames[value.position] = nil
      arrays.loose.remove(value)
    }
  }
}
