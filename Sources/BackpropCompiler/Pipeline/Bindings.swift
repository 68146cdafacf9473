import BPIR
import BPInterp
import BPLexer

/// What the leaves of a program are bound to, and the sizes that follow from it.
package struct Bindings: Sendable {
  /// The values in the order of the leaves; of a leaf that changes from row to row the first.
  package private(set) var values: [Tensor]
  /// What the symbols of the shapes are.
  package let sizes: [String: Int]
  /// The leaves that have one value a row; nil when no data has rows.
  package private(set) var rows: Rows?

  /// Leaves with one value for each row of a data file.
  package struct Rows: Sendable {
    /// How many rows there are.
    package let count: Int
    /// The leaves and their columns.
    package let columns: [(leaf: Int, values: [Double])]

    /// Creates `count` rows of `columns`.
    package init(count: Int, columns: [(leaf: Int, values: [Double])]) {
      self.count = count
      self.columns = columns
    }
  }

  /// Binds the leaves to numbers, in their order.
  package init(values: [Double]) {
    self.values = values.map { Tensor($0) }
    sizes = [:]
  }

  package init(values: [Tensor], sizes: [String: Int], rows: Rows?) {
    self.values = values
    self.sizes = sizes
    self.rows = rows
  }

  /// Returns the bindings of row number `row`.
  package func row(_ row: Int) -> Bindings {
    guard let rows else { return self }
    var bindings = self
    for (leaf, column) in rows.columns { bindings.values[leaf] = Tensor(column[row]) }
    bindings.rows = nil
    return bindings
  }

  /// Returns the bindings with element number `element` of a leaf set to `number`.
  package func replacing(_ leaf: Int, element: Int, with number: Double) -> Bindings {
    var bindings = self
    var numbers = values[leaf].values
    numbers[element] = number
    bindings.values[leaf] = Tensor(shape: values[leaf].shape, values: numbers)
    return bindings
  }

  /// Returns the bindings with another value of a leaf.
  func replacing(_ leaf: Int, with tensor: Tensor) -> Bindings {
    var bindings = self
    bindings.values[leaf] = tensor
    return bindings
  }

  /// Returns the value, in Float64, of an expression without names, such as `pi/2` or `[1, 2]`; nil where the text
  /// is none.
  ///
  /// - Throws: what stopped computing it, such as the limits of `compiler`.
  package static func constant(
    _ text: String, _ compiler: Compiler
  ) throws(ProgramFailure) -> Tensor? {
    let source = Source(name: "<value>", text: text)
    var compiler = compiler
    compiler.precision = .float64
    let compilation = compiler.compile(source)
    guard let module = compilation.module, module.leaves.isEmpty, module.resultNames.count == 1,
      !module.main.type(of: module.main.results[0]).isBoolean
    else { return nil }
    let machine = compiler.machine(compiler.optimized(module, results: module.main.results))
    try machine.run([], source)
    return machine.tensor(0)
  }
}
