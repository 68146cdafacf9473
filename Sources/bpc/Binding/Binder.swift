import BPIR
import BPInterp
import BPLexer

/// A walk over what is known of the leaves of a program that finds values and sizes.
struct Binder {
  let module: Module
  private let source: Source
  private var values: [Tensor?]
  private var columns: [Int: [Double]] = [:]
  private(set) var sizes: [String: Int] = [:]
  /// What gave a symbol its size, for messages.
  private var origins: [String: String] = [:]

  init(_ module: Module, _ source: Source) {
    self.module = module
    self.source = source
    values = module.leaves.map { _ in nil }
  }

  // MARK: - What was typed

  /// Binds `name=value` and `name=@file.npy`.
  mutating func bind(_ typed: [Binding]) throws(CommandFailure) {
    var seen: Set<String> = []
    for binding in typed {
      guard seen.insert(binding.name).inserted else {
        throw .run("'\(binding.name)' is bound twice")
      }
      let place = "'\(binding.name)=\(binding.text.count > 40 ? "…" : binding.text)'"
      if let leaf = module.leaves.firstIndex(where: { $0.name == binding.name }) {
        let value = try Binder.value(binding.text, place)
        try bind(leaf, to: value, place)
      } else if module.symbols.contains(binding.name) {
        try bindSize(binding, place)
      } else {
        throw unknown(binding.name)
      }
    }
  }

  private static func value(_ text: String, _ place: String) throws(CommandFailure) -> Tensor {
    if text.first == "@" { return try file(String(text.dropFirst())) }
    if let number = Double(text) { return Tensor(number) }
    guard let value = Bindings.constant(text) else {
      throw .run("\(place): this is no number" + (text.contains("[") ? ", and no array" : ""))
    }
    return value
  }

  private static func file(_ path: String) throws(CommandFailure) -> Tensor {
    do throws(DataFailure) {
      switch try DataFile(.file(path)) {
      case .unnamed(let tensor): return tensor
      case .named(let tensors):
        guard tensors.count == 1 else {
          throw DataFailure.malformed(path, at: nil, "the file has \(tensors.count) names, not one")
        }
        return tensors[0].tensor
      case .table(let table):
        guard table.columns.count == 1 else {
          throw DataFailure.malformed(
            path, at: nil, "the file has \(table.columns.count) columns, not one")
        }
        return Tensor(shape: [table.rowCount], values: table.columns[0].values)
      }
    } catch {
      throw CommandFailure(error)
    }
  }

  private mutating func bindSize(_ binding: Binding, _ place: String) throws(CommandFailure) {
    guard let number = Bindings.constant(binding.text), number.isScalar,
      let size = Int(exactly: number.values[0]), size >= 0
    else { throw .run("\(place): '\(binding.name)' is a size: a whole number from 0 on") }
    try set(binding.name, to: size, place)
  }

  /// Binds the leaf called `name`.
  mutating func bind(_ name: String, to value: Tensor) throws(CommandFailure) {
    guard let leaf = module.leaves.firstIndex(where: { $0.name == name }) else { return }
    try bind(leaf, to: value, "'\(name)'")
  }

  // MARK: - Data

  /// Binds the leaves that were not typed by what the files have of their names.
  mutating func bind(_ data: DataSource) throws(CommandFailure) {
    for (index, leaf) in module.leaves.enumerated() where values[index] == nil {
      guard let entry = data.entry(leaf.name) else { continue }
      let place = "\(entry.file): '\(leaf.name)'"
      switch entry.content {
      case .tensor(let tensor): try bind(index, to: tensor, place)
      case .column(let column) where leaf.type.isScalar && columnsAreRows(leaf):
        columns[index] = column
        values[index] = Tensor(column.first ?? 0)
        try checkWhole(leaf, column, place)
      case .column(let column):
        try bind(index, to: Tensor(shape: [column.count], values: column), place)
      }
    }
  }

  /// Literal-bound names keep what the program says.
  private func columnsAreRows(_ leaf: Leaf) -> Bool { leaf.kind != .literal }

  // MARK: - Shapes

  private mutating func bind(
    _ index: Int, to value: Tensor, _ place: String
  ) throws(CommandFailure) {
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
  ) throws(CommandFailure) {
    let known = dimension.substituting(sizes.mapValues { Dimension($0) })
    if let number = known.number {
      guard number == size else { throw wrongShape(leaf, shape, place) }
    } else if let (symbol, value) = (known - Dimension(size)).root {
      guard let number = value.number, number >= 0 else { throw wrongShape(leaf, shape, place) }
      try set(symbol, to: number, place)
    }
  }

  private mutating func set(
    _ symbol: String, to size: Int, _ origin: String
  ) throws(CommandFailure) {
    if let other = sizes[symbol], other != size {
      throw .run(
        "\(origin): the size '\(symbol)' is \(other) by \(origins[symbol] ?? "the program")")
    }
    sizes[symbol] = size
    origins[symbol] = origin
  }

  private func checkWhole(
    _ leaf: Leaf, _ numbers: [Double], _ place: String
  ) throws(CommandFailure) {
    guard leaf.type.isInteger else { return }
    for number in numbers where !leaf.type.holds(number) {
      throw .run("\(place): '\(leaf.name)' is whole, and \(number) is no whole number up to 2^53")
    }
  }

  // MARK: - The rest

  /// Returns the bindings once defaults have filled in what is missing.
  mutating func bindings(_ data: DataSource) throws(CommandFailure) -> Bindings {
    for (index, leaf) in module.leaves.enumerated() where values[index] == nil {
      values[index] = solvedInput(leaf) ?? leaf.defaultValue.map { Tensor($0) }
    }
    try solveWholeInputs()
    let missing = module.leaves.indices.filter {
      values[$0] == nil && module.leaves[$0].defaultArray == nil
    }
    guard missing.isEmpty else { throw .unbound(missing.map { module.leaves[$0] }, data) }
    let defaults = module.defaults(sizes)
    var tensors: [Tensor] = []
    for (index, leaf) in module.leaves.enumerated() {
      try tensors.append(stretched(values[index] ?? defaults[index] ?? Tensor(.nan), leaf))
    }
    if let failure = try checkedEquations() { throw failure }
    return Bindings(values: tensors, sizes: sizes, rows: try rows())
  }

  /// A whole input may be a size of what the program makes.
  private mutating func solveWholeInputs() throws(CommandFailure) {
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

  private func stretched(_ value: Tensor, _ leaf: Leaf) throws(CommandFailure) -> Tensor {
    let known = leaf.type.shape.substituting(sizes.mapValues { Dimension($0) })
    guard let shape = known.numbers else {
      let names = known.dimensions.flatMap(\.symbols).map { "'\($0)'" }.joined(separator: ", ")
      throw .run("no data gives the size \(names) of '\(leaf.name)'; bind it by name=value")
    }
    guard value.isScalar, !shape.isEmpty else { return value }
    guard let count = Tensor.count(of: shape), count <= Shape.largestCount else {
      throw .run("'\(leaf.name)' with shape \(known) is too large")
    }
    return Tensor(shape: shape, values: Array(repeating: value.values[0], count: count))
  }

  private func rows() throws(CommandFailure) -> Bindings.Rows? {
    guard let count = columns.values.first?.count else { return nil }
    let sorted = columns.sorted { $0.key < $1.key }
    return Bindings.Rows(count: count, columns: sorted.map { (leaf: $0.key, values: $0.value) })
  }

  /// Returns the failure of what the program asks of sizes besides the declared shapes.
  private func checkedEquations() throws(CommandFailure) -> CommandFailure? {
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

extension Module {
  /// Returns the defaults that are arrays, in the order of the leaves; nil where there is none, and
  /// where its size is not known.
  fileprivate func defaults(_ sizes: [String: Int]) -> [Tensor?] {
    leaves.map { leaf in
      guard let value = leaf.defaultArray else { return nil }
      let compiler = Compiler()
      let function = compiler.specialized(compiler.optimized(self, results: [value]), to: sizes)
      guard function.type(of: function.results[0]).shape.numbers != nil else { return nil }
      let machine = compiler.machine(function)
      do {
        try machine.run(leaves.map { _ in Tensor(0) })
      } catch {
        return nil
      }
      return machine.tensor(0)
    }
  }
}
