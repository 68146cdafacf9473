import BPIR
import BPInterp
import BPLexer

/// What the leaves of a program are bound to, and the sizes that follow from it.
struct Bindings {
  /// The values in the order of the leaves; of a leaf that changes from row to row the first.
  private(set) var values: [Tensor]
  /// What the symbols of the shapes are.
  let sizes: [String: Int]
  /// The leaves that have one value a row; nil when no data has rows.
  private(set) var rows: Rows?

  /// Leaves with one value for each row of a data file.
  struct Rows {
    /// How many rows there are.
    let count: Int
    /// The leaves and their columns.
    let columns: [(leaf: Int, values: [Double])]
  }

  /// Binds the leaves to numbers, in their order.
  init(values: [Double]) {
    self.values = values.map { Tensor($0) }
    sizes = [:]
  }

  init(values: [Tensor], sizes: [String: Int], rows: Rows?) {
    self.values = values
    self.sizes = sizes
    self.rows = rows
  }

  /// Binds the leaves of `module` by what was typed, by data, or by their defaults.
  init(
    _ typed: [Binding], _ data: DataSource, _ module: Module, _ source: Source
  ) throws(CommandFailure) {
    var binder = Binder(module, source)
    try binder.bind(typed)
    try binder.bind(data)
    self = try binder.bindings(data)
  }

  /// Returns the bindings of row number `row`.
  func row(_ row: Int) -> Bindings {
    guard let rows else { return self }
    var bindings = self
    for (leaf, column) in rows.columns { bindings.values[leaf] = Tensor(column[row]) }
    bindings.rows = nil
    return bindings
  }

  /// Returns the bindings with element number `element` of a leaf set to `number`.
  func replacing(_ leaf: Int, element: Int, with number: Double) -> Bindings {
    var bindings = self
    var numbers = values[leaf].values
    numbers[element] = number
    bindings.values[leaf] = Tensor(shape: values[leaf].shape, values: numbers)
    return bindings
  }

  /// Returns the value of an expression without names, such as `pi/2` or `[1, 2]`.
  static func constant(_ text: String) -> Tensor? {
    let compiler = Compiler()
    let compilation = compiler.compile(Source(name: "<value>", text: text))
    guard let module = compilation.module, module.leaves.isEmpty, module.resultNames.count == 1,
      !module.main.type(of: module.main.results[0]).isBoolean
    else { return nil }
    let machine = compiler.machine(compiler.optimized(module, results: module.main.results))
    do {
      try machine.run([Tensor]())
    } catch {
      return nil
    }
    return machine.tensor(0)
  }
}
