import BPIR
import BPInterp
import BPLexer

/// A walk over what is known of the leaves of a program that finds values and sizes.
package struct Binder {
  package let module: Module
  private let source: Source
  /// What computes defaults, within its limits.
  package let compiler: Compiler
  /// What is known of the leaves.
  package private(set) var values: [Tensor?]
  private var columns: [Int: [Double]] = [:]
  package private(set) var sizes: [String: Int] = [:]
  /// What gave a symbol its size, for messages.
  private var origins: [String: String] = [:]

  /// Binds nothing yet; `compiler` says what computing a default may take.
  package init(_ module: Module, _ source: Source, _ compiler: Compiler) {
    self.module = module
    self.source = source
    self.compiler = compiler
    values = module.leaves.map { _ in nil }
  }

  /// Binds the leaves that `values` has by their names, in the order of the program.
  package mutating func bind(_ values: [String: Tensor]) throws(ProgramFailure) {
    for (index, leaf) in module.leaves.enumerated() {
      if let value = values[leaf.name] { try bind(index, to: value, "'\(leaf.name)'") }
    }
  }

  /// Binds leaf number `index` to one value a row.
  package mutating func bind(_ index: Int, toRows column: [Double]) {
    columns[index] = column
    values[index] = Tensor(column.first ?? 0)
  }

  // MARK: - Shapes

  /// Binds leaf number `index`; messages call it `place`.
  package mutating func bind(
    _ index: Int, to value: Tensor, _ place: String
  ) throws(ProgramFailure) {
    let leaf = module.leaves[index]
    try checkWhole(leaf, value.values, place)
    let shape = leaf.type.shape
    guard !(value.isScalar && !shape.isScalar) else {
      // One number stands for every element, as in a default.
      values[index] = value
      return
    }
    guard value.shape.count == shape.rank else { throw wrongShape(leaf, value.shape, place) }
    for (dimension, size) in zip(shape.dimensions, value.shape) {
      try solve(dimension, size, leaf, value.shape, place)
    }
    values[index] = value
  }

  private mutating func solve(
    _ dimension: Dimension, _ size: Int, _ leaf: Leaf, _ shape: [Int], _ place: String
  ) throws(ProgramFailure) {
    let known = dimension.substituting(sizes.mapValues { Dimension($0) })
    if let number = known.number {
      guard number == size else { throw wrongShape(leaf, shape, place) }
    } else if let (symbol, value) = (known - Dimension(size)).root {
      guard let number = value.number, number >= 0 else { throw wrongShape(leaf, shape, place) }
      try set(symbol, to: number, place)
    }
  }

  /// Gives a size its value, which `origin` says.
  package mutating func set(
    _ symbol: String, to size: Int, _ origin: String
  ) throws(ProgramFailure) {
    if let other = sizes[symbol], other != size {
      throw .run(
        "\(origin): the size '\(symbol)' is \(other) by \(origins[symbol] ?? "the program")")
    }
    sizes[symbol] = size
    origins[symbol] = origin
  }

  /// Checks that what a whole leaf is bound to is whole.
  package func checkWhole(
    _ leaf: Leaf, _ numbers: [Double], _ place: String
  ) throws(ProgramFailure) {
    guard leaf.type.isInteger else { return }
    for number in numbers where !leaf.type.holds(number) {
      throw .run("\(place): '\(leaf.name)' is whole, and \(number) is no whole number up to 2^53")
    }
  }

  // MARK: - The rest

  /// Returns the bindings once defaults have filled in what is missing.
  ///
  /// - Parameters:
  ///   - dataNames: the names that files have, for messages.
  ///   - wanted: the values of the program that are computed, or nil for all. Leaves that they do not
  ///     follow from may have no value, and then are NaN.
  package mutating func bindings(
    dataNames: [String] = [], for wanted: [Value]? = nil
  ) throws(ProgramFailure) -> Bindings {
    for (index, leaf) in module.leaves.enumerated() where values[index] == nil {
      values[index] = solvedInput(leaf) ?? leaf.defaultValue.map { Tensor($0) }
    }
    try solveWholeInputs()
    let missing = missing(for: wanted)
    guard missing.isEmpty else { throw .unbound(missing.map { module.leaves[$0] }, dataNames) }
    var tensors: [Tensor] = []
    for (index, leaf) in module.leaves.enumerated() {
      if values[index] == nil { values[index] = try defaultArray(leaf) }
      try tensors.append(stretched(values[index] ?? Tensor(.nan), leaf))
    }
    if let failure = try checkedEquations() { throw failure }
    return Bindings(values: tensors, sizes: sizes, rows: try rows())
  }

  /// Returns the leaves that have no value, and of which the values in `wanted` are computed.
  private func missing(for wanted: [Value]?) -> [Int] {
    let missing = module.leaves.indices.filter {
      values[$0] == nil && module.leaves[$0].defaultArray == nil
    }
    guard let wanted, !missing.isEmpty else { return missing }
    let function = compiler.optimized(module, results: wanted)
    let operands = function.instructions.flatMap { function.operands(of: $0) }
    let used = Set(function.regions.flatMap(\.yields) + operands)
    return missing.filter { used.contains(function.parameters[$0]) }
  }

  /// A whole input may be a size of what the program makes.
  private mutating func solveWholeInputs() throws(ProgramFailure) {
    for (index, leaf) in module.leaves.enumerated() where leaf.type == .integer {
      guard let number = values[index]?.values.first else { continue }
      if let size = sizes[leaf.name], Double(size) != number {
        let origin = origins[leaf.name] ?? "the data"
        throw .run(
          "'\(leaf.name)' is \(Int(number)), but the size of this name is \(size) by \(origin)")
      }
      sizes[leaf.name] = Int(exactly: number)
    }
  }

  /// A size that arrays gave is the value of the input of its name.
  private func solvedInput(_ leaf: Leaf) -> Tensor? {
    leaf.type == .integer ? sizes[leaf.name].map { Tensor(Double($0)) } : nil
  }

  /// Returns the array that a leaf is unless somebody binds it; nil where its size is not known.
  private func defaultArray(_ leaf: Leaf) throws(ProgramFailure) -> Tensor? {
    guard let value = leaf.defaultArray else { return nil }
    let function = compiler.specialized(compiler.optimized(module, results: [value]), to: sizes)
    guard function.type(of: function.results[0]).shape.numbers != nil else { return nil }
    let machine = compiler.machine(function)
    try machine.run(module.leaves.map { _ in Tensor(0) }, source)
    return machine.tensor(0)
  }

  private func stretched(_ value: Tensor, _ leaf: Leaf) throws(ProgramFailure) -> Tensor {
    let known = leaf.type.shape.substituting(sizes.mapValues { Dimension($0) })
    guard let shape = known.numbers else {
      let names = known.dimensions.flatMap(\.symbols).map { "'\($0)'" }.joined(separator: ", ")
      throw .run(
        "no data gives the size \(names) of '\(leaf.name)'", advice: "bind it by name=value")
    }
    guard value.isScalar, !shape.isEmpty else { return value }
    guard let count = Tensor.count(of: shape), count <= Shape.largestCount else {
      throw .run("'\(leaf.name)' with shape \(known) is too large")
    }
    try checkMemory(leaf, known, count)
    return Tensor(shape: shape, values: Array(repeating: value.values[0], count: count))
  }

  /// Checks that a run may hold `leaf`, which one number is repeated for.
  private func checkMemory(
    _ leaf: Leaf, _ shape: Shape, _ count: Int
  ) throws(ProgramFailure) {
    guard count * Precision.float64.byteCount > compiler.limits.memory else { return }
    let trap = Trap(holding: leaf, shape, count)
    throw .diagnostics([Diagnostic(trap, compiler.limits, .float64, in: source)], in: source)
  }

  private func rows() throws(ProgramFailure) -> Bindings.Rows? {
    guard let count = columns.values.first?.count else { return nil }
    let sorted = columns.sorted { $0.key < $1.key }
    return Bindings.Rows(count: count, columns: sorted.map { (leaf: $0.key, values: $0.value) })
  }

  /// Returns the failure of what the program asks of sizes besides the declared shapes.
  private func checkedEquations() throws(ProgramFailure) -> ProgramFailure? {
    let known = sizes.mapValues { Dimension($0) }
    for equation in module.sizeEquations {
      guard let size = sizes[equation.symbol],
        let value = equation.value.substituting(known).number,
        size != value
      else { continue }
      let place = source.location(at: equation.span.start)
      return .run(
        "the size '\(equation.symbol)' is \(size), but \(place) needs it to be \(equation.value)"
          + (equation.value.number == nil ? " = \(value)" : ""))
    }
    return nil
  }
}
