import BPAD
import BPIR
import BPInterp
import BPLexer

/// The programs that compute derivatives, with the machines that run them.
package struct DerivativeRun: ~Copyable {
  private let differentiation: Differentiation
  /// The value with its derivatives; for arrays in a direction that is given.
  private let machine: Machine
  private let mode: Mode
  private let names: [String]
  private let shapes: [[Int]]

  /// What one run of the machine gives.
  private enum Mode {
    /// The value and all derivatives.
    case all
    /// The value, the gradient, and the derivatives of the gradient in a direction.
    case hessianColumn
    /// The derivatives in a direction.
    case jacobianColumn
    /// The derivatives of one element of the result.
    case jacobianRow
  }

  /// Prepares for the arrays of the sizes of `bindings`.
  package init(
    _ general: Differentiation, _ bindings: Bindings
  ) throws(ProgramFailure) {
    let differentiation = try general.specialized(to: bindings)
    let function = differentiation.problem.function
    self.differentiation = differentiation
    names = differentiation.objective.names
    shapes = differentiation.problem.independents.map {
      function.type(of: $0).shape.numbers ?? []
    }
    mode = DerivativeRun.mode(differentiation)
    machine = differentiation.compiler.machine(DerivativeRun.function(differentiation, mode))
  }

  /// The mode in which fewer runs give a Jacobian.
  private static func mode(_ differentiation: Differentiation) -> Mode {
    let function = differentiation.problem.function
    switch differentiation.order {
    case .gradient: return .all
    case .hessian: return differentiation.isScalar ? .all : .hessianColumn
    case .jacobian:
      func size(_ value: Value) -> Int { function.type(of: value).shape.count.number ?? 0 }
      let columns = differentiation.problem.independents.map(size).reduce(0, +)
      return columns <= size(function.results[0]) ? .jacobianColumn : .jacobianRow
    }
  }

  private static func function(_ differentiation: Differentiation, _ mode: Mode) -> Function {
    let problem = differentiation.problem
    let compiler = differentiation.compiler
    switch mode {
    case .all: return differentiation.gradient.function
    case .hessianColumn: return compiler.hessianVectorProduct(compiler.gradient(problem))
    case .jacobianColumn: return compiler.derivativeAlongDirection(problem)
    case .jacobianRow:
      return vectorJacobianProduct(of: problem.function, withRespectTo: problem.independents)
        .function
    }
  }

  /// Returns the derivatives for `bindings`.
  package func derivatives(_ bindings: Bindings) throws(ProgramFailure) -> Derivatives {
    switch mode {
    case .all: try all(bindings)
    case .hessianColumn: try hessian(bindings)
    case .jacobianColumn: try jacobianByColumns(bindings)
    case .jacobianRow: try jacobianByRows(bindings)
    }
  }

  private func run(_ arguments: [Tensor]) throws(ProgramFailure) {
    try machine.run(arguments, differentiation.compilation.source)
  }

  private func derivatives(_ gradient: [Tensor], hessian: [[Tensor]]? = nil) -> Derivatives {
    Derivatives(
      of: differentiation.objective.name, names: names, value: machine.tensor(0),
      gradient: gradient, hessian: hessian, precision: machine.precision)
  }

  private func all(_ bindings: Bindings) throws(ProgramFailure) -> Derivatives {
    try run(bindings.values)
    let count = names.count
    let gradient = (0..<count).map { machine.tensor(1 + $0) }
    guard differentiation.order == .hessian else { return derivatives(gradient) }
    var rows = Array(repeating: Array(repeating: Tensor(0), count: count), count: count)
    for (index, (row, column)) in upperTriangle(count).enumerated() {
      rows[row][column] = machine.tensor(1 + count + index)
      rows[column][row] = rows[row][column]
    }
    return derivatives(gradient, hessian: rows)
  }

  // MARK: - One direction at a time

  /// Calls `body` for each element of each name with the directions that name it.
  private func forEachDirection(
    _ body: (_ name: Int, _ element: Int, [Tensor]) throws(ProgramFailure) -> Void
  ) throws(ProgramFailure) {
    let zeros = shapes.map { shape in
      Tensor(shape: shape, values: Array(repeating: 0, count: shape.reduce(1, *)))
    }
    for name in shapes.indices {
      for element in 0..<zeros[name].count {
        var directions = zeros
        var unit = zeros[name].values
        unit[element] = 1
        directions[name] = Tensor(shape: shapes[name], values: unit)
        try body(name, element, directions)
      }
    }
  }

  private func jacobianByColumns(_ bindings: Bindings) throws(ProgramFailure) -> Derivatives {
    let result = machine.program.results[0].shape
    let height = result.reduce(1, *)
    var blocks = shapes.map { Array(repeating: 0.0, count: height * $0.reduce(1, *)) }
    // Without elements to move there is still the value.
    try run(bindings.values + shapes.map { Tensor(shape: $0, values: zeros($0)) })
    try forEachDirection { (name, element, directions) throws(ProgramFailure) in
      try run(bindings.values + directions)
      let column = machine.tensor(1).values
      let width = shapes[name].reduce(1, *)
      for row in 0..<height { blocks[name][row * width + element] = column[row] }
    }
    return derivatives(
      zip(blocks, shapes).map { Tensor(shape: result + $1, values: $0) })
  }

  private func zeros(_ shape: [Int]) -> [Double] {
    Array(repeating: 0, count: shape.reduce(1, *))
  }

  private func jacobianByRows(_ bindings: Bindings) throws(ProgramFailure) -> Derivatives {
    let result = machine.program.results[0].shape
    let height = result.reduce(1, *)
    var blocks: [[Double]] = shapes.map { _ in [] }
    if height == 0 { try run(bindings.values + [Tensor(shape: result, values: [])]) }
    for row in 0..<height {
      var unit = zeros(result)
      unit[row] = 1
      try run(bindings.values + [Tensor(shape: result, values: unit)])
      for name in shapes.indices { blocks[name] += machine.tensor(1 + name).values }
    }
    return derivatives(zip(blocks, shapes).map { Tensor(shape: result + $1, values: $0) })
  }

  private func hessian(_ bindings: Bindings) throws(ProgramFailure) -> Derivatives {
    let count = names.count
    var blocks = shapes.map { row in
      shapes.map { zeros(row + $0) }
    }
    try run(bindings.values + shapes.map { Tensor(shape: $0, values: zeros($0)) })
    try forEachDirection { (name, element, directions) throws(ProgramFailure) in
      try run(bindings.values + directions)
      let width = shapes[name].reduce(1, *)
      for other in 0..<count {
        let column = machine.tensor(1 + count + other).values
        for row in column.indices { blocks[other][name][row * width + element] = column[row] }
      }
    }
    let gradient = (0..<count).map { machine.tensor(1 + $0) }
    let rows = shapes.indices.map { row in
      shapes.indices.map { Tensor(shape: shapes[row] + shapes[$0], values: blocks[row][$0]) }
    }
    return derivatives(gradient, hessian: rows)
  }
}
