import BPIR
import BPInterp
import BackpropCompiler

/// The derivative of a run as JavaScript: one statement for each operation, on `v`, which holds all values.
struct JavaScriptProgram {
  /// What sets the values that no operation computes.
  private(set) var start: [String] = []
  /// The operations, one after another.
  private(set) var statements: [String] = []
  /// What can be moved: the name, the value and the shape.
  private(set) var inputs: [Input] = []
  /// The operations that JavaScript has no meaning for.
  private(set) var unknown: [Op] = []
  private let function: Function
  private let run: StraightRun
  private var isStarted: Set<Value> = []

  /// A number or an array that can be moved.
  struct Input {
    let name: String
    let value: Value
    let shape: [Int]
  }

  /// Writes the code with the derivatives of `run`.
  init(_ run: StraightRun) {
    self.run = run
    function = run.chain.gradient.function
    for (leaf, name) in zip(function.parameters, function.parameterNames) {
      begin(with: leaf)
      if function.type(of: leaf).isReal { addInput(name, leaf) }
    }
    for id in function[.body].instructions { write(function[id]) }
    addMarkedConstants()
  }

  /// Returns the expression of a value.
  func text(_ value: Value) -> String {
    guard let number = function.constant(value) else { return "v[\(value.position)]" }
    return literal(number, function.type(of: value))
  }

  /// Has a value start with its number in the run, and returns its place.
  @discardableResult mutating func begin(with value: Value) -> Int {
    if isStarted.insert(value).inserted {
      start.append("v[\(value.position)] = \(numbers(value));")
    }
    return value.position
  }

  /// Returns the place of a value, which is there even if it is a constant.
  mutating func place(_ value: Value) -> Int {
    function.constant(value) == nil ? value.position : begin(with: value)
  }

  /// Returns the place of the number 1.
  mutating func one() -> Int {
    start.append("v[\(function.valueCount)] = 1;")
    return function.valueCount
  }

  private func numbers(_ value: Value) -> String {
    let (tensor, type) = (run.number(value), function.type(of: value))
    let parts = tensor.values.map { literal($0, type) }
    return type.isScalar ? parts.first ?? "NaN" : "[\(parts.joined(separator: ", "))]"
  }

  private func literal(_ number: Double, _ type: ValueType) -> String {
    type.element == .boolean ? (number == 0 ? "false" : "true") : JavaScript.literal(number)
  }

  private mutating func addInput(_ name: String, _ value: Value) {
    inputs.append(Input(name: name, value: value, shape: run.number(value).shape))
  }

  /// Adds numbers of the source that are differentiated by.
  private mutating func addMarkedConstants() {
    for value in run.function.results.dropFirst() {
      guard let mark = run.function.instruction(defining: value), mark.op == .mark,
        run.function.constant(run.function.operand(0, of: mark)) != nil,
        let primal = run.chain.primals[value.position],
        !inputs.contains(where: { $0.value == primal })
      else { continue }
      addInput(run.names[value].description, primal)
    }
  }

  // MARK: - Operations

  private mutating func write(_ instruction: Instruction) {
    let operands = Array(function.operands(of: instruction))
    let isGiven = operands.allSatisfy { function.constant($0) != nil }
    // What is made of nothing, random numbers, say, stays what it is.
    guard !isGiven || (instruction.op != .mark && !operands.isEmpty) else {
      begin(with: instruction.result)
      return
    }
    guard let text = expression(instruction, operands) else {
      if !unknown.contains(instruction.op) { unknown.append(instruction.op) }
      return
    }
    statements.append("v[\(instruction.result.position)] = \(text);")
  }

  private func expression(_ instruction: Instruction, _ operands: [Value]) -> String? {
    let type = function.type(of: instruction.result)
    guard instruction.op.isArrayOperation else {
      if type.isScalar { return JavaScript.expression(instruction.op, operands.map(text)) }
      let names = ["a", "b", "c", "d", "e", "f", "g", "h"].prefix(operands.count)
      guard names.count == operands.count,
        let body = JavaScript.expression(instruction.op, Array(names))
      else { return nil }
      let arguments = ([""] + operands.map(text)).joined(separator: ", ")
      return "map(\(count(type)), (\(names.joined(separator: ", "))) => \(body)\(arguments))"
    }
    guard let text = JavaScriptArrays(function: function, instruction: instruction).expression
    else { return nil }
    return type.isScalar ? "list(\(text))[0]" : text
  }

  private func count(_ type: ValueType) -> Int { type.shape.numbers?.reduce(1, *) ?? 0 }
}

/// How an operation on arrays is written.
private struct JavaScriptArrays {
  let function: Function
  let instruction: Instruction

  private var operands: [Value] { Array(function.operands(of: instruction)) }

  /// The call that computes it; nil where there is none.
  var expression: String? {
    switch (instruction.op, function.attribute(of: instruction)) {
    case (.broadcast, .shape(let shape)):
      return "stretch(\(array(0)), \(list(self.shape(0))), \(list(shape.numbers ?? [])))"
    case (.reshape, _): return "list(\(array(0)))"
    case (.transpose, .permutation(let axes)):
      return "transpose(\(array(0)), \(list(shape(0))), \(list(axes)))"
    case (.concat, .axis(let axis)): return concat(axis)
    case (.slice, .window(let extents)):
      return "slice(\(array(0)), \(places(extents, operands.dropFirst())))"
    case (.sliceAdd, .window(let extents)):
      return "sliceAdd(\(array(0)), list(\(array(1))), \(places(extents, operands.dropFirst(2))))"
    case (.sliceSet, .window(let extents)):
      return "sliceSet(\(array(0)), list(\(array(1))), \(places(extents, operands.dropFirst(2))))"
    case (.gather, .axis(let axis)): return "slice(\(array(0)), \(chosen(axis, 1)))"
    case (.scatterAdd, .axis(let axis)):
      return "sliceAdd(\(array(0)), list(\(array(1))), \(chosen(axis, 2)))"
    case (.scatterSet, .axis(let axis)):
      return "sliceSet(\(array(0)), list(\(array(1))), \(chosen(axis, 2)))"
    case (.matmul, .transposes(let first, let second)): return product(first, second)
    case (.cumsum, .scan(let axis, let isReversed)):
      return "scan(\(array(0)), \(parts(axis)), \(isReversed ? "cumsumBack" : "cumsum"))"
    case (_, .axis(let axis)): return reduction(axis)
    default: return nil
    }
  }

  private func reduction(_ axis: Int) -> String? {
    let names: [Op: String] = [
      .sum: "sum", .product: "product", .reduceMaximum: "greatest", .reduceMinimum: "smallest",
      .argmax: "argmax", .argmin: "argmin", .norm: "norm", .logSumExp: "logsumexp",
    ]
    if let name = names[instruction.op] { return "along(\(array(0)), \(parts(axis)), \(name))" }
    switch instruction.op {
    case .softmax: return "scan(\(array(0)), \(parts(axis)), softmax)"
    case .productOthers:
      let more = operands.indices.dropFirst().map { ", " + array($0) }.joined()
      return "scan(\(array(0)), \(parts(axis)), others\(more))"
    default: return nil
    }
  }

  private func product(_ first: Bool, _ second: Bool) -> String {
    let (a, b) = (shape(0), shape(1))
    let rank = a.count
    let batch = a.dropLast(2).reduce(1, *)
    let (rows, inner) = first ? (a[rank - 1], a[rank - 2]) : (a[rank - 2], a[rank - 1])
    let columns = second ? b[rank - 2] : b[rank - 1]
    return
      "matmul(\(array(0)), \(array(1)), \(batch), \(rows), \(inner), \(columns), \(first), \(second))"
  }

  private func concat(_ axis: Int) -> String {
    let outer = shape(0)[..<axis].reduce(1, *)
    let parts = operands.indices.map { "[\(array($0)), \(shape($0)[axis...].reduce(1, *))]" }
    return "concat(\(outer), \(parts.joined(separator: ", ")))"
  }

  private func places(_ extents: [Attribute.Extent], _ starts: ArraySlice<Value>) -> String {
    let starts = starts.map(text).joined(separator: ", ")
    let counts = list(extents.map { $0.count.number ?? 0 })
    let steps = list(extents.map { $0.step.number ?? 1 })
    return "places(\(list(shape(0))), [\(starts)], \(counts), \(steps))"
  }

  private func chosen(_ axis: Int, _ indices: Int) -> String {
    "chosen(\(parts(axis)), \(array(indices)))"
  }

  /// Returns the sizes before an axis, along it and behind it.
  private func parts(_ axis: Int) -> String {
    let shape = shape(0)
    let (outer, inner) = (shape[..<axis].reduce(1, *), shape[(axis + 1)...].reduce(1, *))
    return "\(outer), \(shape[axis]), \(inner)"
  }

  private func shape(_ position: Int) -> [Int] {
    function.type(of: operands[position]).shape.numbers ?? []
  }

  private func list(_ numbers: [Int]) -> String {
    "[\(numbers.map(\.description).joined(separator: ", "))]"
  }

  private func text(_ value: Value) -> String {
    function.constant(value).map(JavaScript.literal) ?? "v[\(value.position)]"
  }

  /// Returns an operand, with all its elements where it is a constant.
  private func array(_ position: Int) -> String {
    let value = operands[position]
    guard function.constant(value) != nil, !function.type(of: value).isScalar else {
      return text(value)
    }
    return "fill(\(shape(position).reduce(1, *)), \(text(value)))"
  }
}
