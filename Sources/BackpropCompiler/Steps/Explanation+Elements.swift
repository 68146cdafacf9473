import BPAD
import BPIR
import BPInterp

extension StraightRun {
  /// Returns what the elements that `texts` name, such as `W1[0,2]`, are made of, and their derivatives.
  ///
  /// - Throws: what is wrong with a text.
  func elements(_ texts: [String]) throws(ProgramFailure) -> Explanation.Section {
    var groups: [Explanation.Group] = []
    let known = texts.isEmpty ? [:] : ownNames
    for text in texts { groups.append(try element(text, known)) }
    return Explanation.Section(title: "Elements", groups: groups)
  }

  private func element(
    _ text: String, _ known: [Value: Expression]
  ) throws(ProgramFailure) -> Explanation.Group {
    let (value, index) = try place(text)
    let part = names[value].part(index)
    let number = Expression.number(self[value].element(at: index))
    let isLeaf = function.parameters.contains(value)
    let computation =
      isLeaf ? [] : computations(chain.primals[value.position] ?? value, index, known)
    let head = Explanation.Equation([part] + computation + [number])
    return Explanation.Group(head: head, lines: derivatives(by: value, part, index, known))
  }

  /// Returns the contributions to the derivative by an element.
  private func derivatives(
    by value: Value, _ part: Expression, _ index: [Int], _ known: [Value: Expression]
  ) -> [Explanation.Equation] {
    let total = derivative(by: part)
    var before: Expression?
    return chain.crossings.filter { $0.operand == value }.map { crossing in
      let sum = Expression.number(number(crossing.sum).element(at: index))
      defer { before = sum }
      guard let contribution = crossing.contribution else {
        return Explanation.Equation([total, sum])
      }
      let summands = [Expression.name("the sum so far"), before]
      let parts = zip(summands, computations(contribution, index, known, for: total)).map {
        summand, part in
        before.flatMap { _ in summand.map { .infix(.plus, $0, part) } } ?? part
      }
      return Explanation.Equation([total] + parts + [sum])
    }
  }

  /// Returns what an element is computed of, in names and in numbers.
  private func computations(
    _ value: Value, _ index: [Int], _ known: [Value: Expression], for total: Expression? = nil
  ) -> [Expression] {
    // A contribution may be an adjoint that has a name.
    if let total, let name = known[value]?.part(index), name != total {
      return [name, .number(number(value).element(at: index))]
    }
    var reader = ElementReader(self, known)
    let computation = reader.computation(of: value, at: index)
    return [computation, computation.mapped { reader.numbers[$0].map(Expression.number) }]
  }

  /// What the values of the code with the derivatives are called, where they have a name of their own.
  private var ownNames: [Value: Expression] {
    var known: [Value: Expression] = [:]
    func name(_ new: Value?, _ old: Value, _ make: (Expression) -> Expression) {
      let isSilent = function.instruction(defining: old).map(isSilent) ?? false
      guard let new, !isSilent, known[new] == nil, case .name = names[old] else { return }
      known[new] = make(names[old])
    }
    for (old, new) in chain.primals.enumerated() { name(new, Value(old)) { $0 } }
    for crossing in chain.crossings {
      name(crossing.adjoint, crossing.instruction.result) { derivative(by: $0) }
    }
    return known
  }

  /// Returns the value and the index that `text` names.
  private func place(_ text: String) throws(ProgramFailure) -> (Value, [Int]) {
    let name = text.prefix { $0 != "[" }.filter { $0 != " " }
    let list = text.dropFirst(text.prefix { $0 != "[" }.count)
    let values = function.parameters + function.allResults
    guard let value = values.first(where: { names[$0].description == name }) else {
      throw .unknown(
        name, among: values.map { names[$0].description }, option: "--element")
    }
    let shape = self[value].shape
    let typed = list.dropFirst().dropLast().split(separator: ",").map { part in
      Int(part.filter { $0 != " " })
    }
    // As in programs, -1 is the last.
    let index = zip(typed, shape).compactMap { number, size in
      number.map { $0 < 0 ? $0 + size : $0 }
    }
    let isInside = zip(shape, index).allSatisfy { 0 <= $1 && $1 < $0 }
    guard !shape.isEmpty || list.isEmpty else {
      throw .run("--element \(text): '\(name)' is one number, and has no elements")
    }
    guard typed.count == shape.count, index.count == shape.count, isInside,
      list.isEmpty || list.last == "]"
    else {
      let example = shape.map { "\(max(0, $0 - 1))" }.joined(separator: ",")
      let sizes = shape.map(\.description).joined(separator: ", ")
      throw .run(
        "--element \(text): '\(name)' has shape [\(sizes)]; its last element is \(name)[\(example)]"
      )
    }
    return (value, index)
  }
}
