import BPAD
import BPIR
import BPInterp

/// The chain rule of one run, step by step with its numbers, in the order in which one does it by hand.
package struct Explanation {
  /// The parts, from what is given to what follows from it.
  package let sections: [Section]

  /// A part under a title.
  package struct Section {
    package let title: String
    package let groups: [Group]
  }

  /// A step with what belongs to it.
  package struct Group {
    package let head: Equation
    package var lines: [Equation] = []
  }

  /// Expressions that are all the same.
  package struct Equation: Equatable {
    package let parts: [Expression]

    /// Joins expressions that are the same; two that read the same stand once.
    package init(_ parts: [Expression]) {
      self.parts = parts.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
  }

  /// What the derivatives are for.
  package struct Update {
    /// How far a step goes.
    package let rate: Double
    /// Whether it goes up.
    package let maximizes: Bool

    package init(rate: Double, maximizes: Bool) {
      self.rate = rate
      self.maximizes = maximizes
    }
  }

  /// Explains `run`, and the step that `update` takes with its derivatives.
  package init(
    _ run: StraightRun, _ update: Update? = nil, elements: [String] = []
  ) throws(ProgramFailure) {
    let elements = try run.elements(elements)
    let step = try update.map { update throws(ProgramFailure) in try run.step(update) }
    let parts = [run.given, run.forward, run.backward, run.result, elements]
    sections = (parts + (step.map { [$0] } ?? [])).filter { !$0.groups.isEmpty }
  }
}

extension StraightRun {
  /// What a step is written as: the number, or the array, if it is small.
  package func shown(_ tensor: Tensor) -> Expression {
    if tensor.isScalar { return .number(tensor.values.first ?? .nan) }
    guard tensor.count <= StraightRun.largestArray else {
      return .name(
        "(an array of shape [\(tensor.shape.map(\.description).joined(separator: ", "))])")
    }
    return .array(shape: tensor.shape, elements: tensor.values)
  }

  /// The most elements of an array that is written in a step.
  private static let largestArray = 12

  /// Returns the expression of what the objective's derivative by `name` is.
  package func derivative(by value: Expression) -> Expression {
    // Where a leaf has the name for itself the objective is called `f#2`.
    let own = names[function.results[0]]
    let isNumbered = own.description.hasPrefix("\(objective)#")
    return .derivative(of: isNumbered ? own : .name(objective), by: value, isPartial: false)
  }

  /// Returns the text for what `value` is, which may be true or false.
  package func shown(_ value: Value) -> Expression {
    guard function.type(of: value).isBoolean else { return shown(self[value]) }
    return .name(self[value].values.first == 0 ? "false" : "true")
  }

  fileprivate var given: Explanation.Section {
    let used = Set(
      function.results + function.instructions.flatMap { function.operands(of: $0) })
    let leaves = function.parameters.filter(used.contains)
    let groups = leaves.map { leaf in
      Explanation.Group(head: Explanation.Equation([names[leaf], shown(leaf)]))
    }
    return Explanation.Section(title: "Given", groups: groups)
  }

  fileprivate var result: Explanation.Section {
    let groups = zip(independentNames, gradient).map { name, tensor in
      Explanation.Group(head: Explanation.Equation([derivative(by: .name(name)), shown(tensor)]))
    }
    return Explanation.Section(title: "Gradient", groups: groups)
  }

  // MARK: - Forward

  fileprivate var forward: Explanation.Section {
    let steps = function[.body].instructions.map { function[$0] }.filter { !isSilent($0) }
    let forms = forms
    return Explanation.Section(
      title: "Forward",
      groups: steps.map { Explanation.Group(head: forwardEquation($0, forms)) })
  }

  /// Whether an operation only repeats a number for all elements of an array, or gives the array axes
  /// of one element.
  package func isSilent(_ instruction: Instruction) -> Bool {
    (instruction.op == .broadcast || instruction.op == .reshape)
      && names[instruction.result] == names[function.operand(0, of: instruction)]
  }

  private func forwardEquation(
    _ instruction: Instruction, _ forms: [Value: Value]
  ) -> Explanation.Equation {
    let expression = names.expression(of: instruction)
    let value = shown(forms[instruction.result] ?? instruction.result)
    return Explanation.Equation(
      [names[instruction.result], expression, numbers(instruction)].compactMap { $0 } + [value])
  }

  /// For values with axes of one element that a program does not know, such as a product with a vector as a
  /// matrix of one column, the values with the axes that the source means.
  package var forms: [Value: Value] {
    let reshapes = function.instructions.filter { reshape in
      reshape.op == .reshape && isSilent(reshape)
        && function.type(of: reshape.result).shape.rank
          < function.type(of: function.operand(0, of: reshape)).shape.rank
    }
    return Dictionary(
      reshapes.map { (function.operand(0, of: $0), $0.result) }, uniquingKeysWith: { $1 })
  }

  /// Returns what an operation on numbers computes, with their numbers.
  private func numbers(_ instruction: Instruction) -> Expression? {
    let operands = function.operands(of: instruction)
    guard !instruction.op.isArrayOperation, function.type(of: instruction.result).isScalar,
      operands.contains(where: { function.constant($0) == nil })
    else { return nil }
    return ExpressionReader(function) { shown($0) }.expression(of: instruction)
  }
}
