import BPIR

/// Returns `function` with the derivatives of several of its results: the values of these and then, result
/// by result, a derivative for each of `independents`, whose axes are those of the result and then those of
/// the independent.
///
/// By forward mode where all independents are numbers and fewer than the elements of the results, so that
/// one sweep takes all of them along; else by one forward sweep and a reverse sweep for each element.
///
/// - Parameters:
///   - function: a function in which no derivative is asked for.
///   - outputs: the indices of real results, and the names that they have.
///   - independents: parameters and marks of the function.
package func jacobian(
  of function: Function, outputs: [(index: Int, name: String)],
  withRespectTo independents: [Value],
  _ options: DifferentiationOptions = DifferentiationOptions()
) -> Function {
  let indices = outputs.map(\.index)
  let types = indices.map { function.type(of: function.results[$0]) }
  let isFlat = independents.allSatisfy { function.type(of: $0).isScalar }
  // Sizes that are not known yet are taken for large ones.
  let height = types.reduce(0) { min($0, 1 << 32) + min($1.shape.count.number ?? 1 << 32, 1 << 32) }
  if isFlat, independents.count < height {
    var forward = tangents(
      of: function, outputs: indices, inDirectionsOf: independents, options)
    let derivatives = forward.results.dropFirst(function.results.count)
    forward.results = indices.map { forward.results[$0] } + derivatives
    return forward
  }
  var reverse = Reverse(function, indices, independents, options)
  reverse.runRowByRow(outputs.map(\.name))
  return reverse.builder.function
}

// Each row has a reverse sweep of its own, and all of them read what one forward sweep computes:
//
//   values of both outputs
//   adjoints of the first output = 1, …: its row
//   adjoints of the second output = 1, …: its row
//
// The rows of an array are the turns of a loop over its elements. What loops push on stacks is popped, and
// gone, in the first of these sweeps: such a program is swept forward again for each row.

extension Reverse {
  /// Builds the values of the outputs, which have `names`, and their rows.
  fileprivate mutating func runRowByRow(_ names: [String]) {
    primals.addParameters(to: &builder)
    let arguments = primals
    forward(.body)
    let forwarded = primals
    let values = primals(of: outputs)
    var rows: [Value] = []
    var rowNames: [NamedValue] = []
    for (output, name) in zip(outputs, names) {
      let type = old.type(of: output)
      guard type.isScalar else {
        rows += rowsOfArray(output, arguments)
        continue
      }
      let row = row(of: output, seed: builder.constant(1), arguments, isFirst: rows.isEmpty)
      rowNames += self.rowNames(name, row)
      rows += row
    }
    builder.close(yielding: values + rows)
    nameRows(rowNames, forwarded)
  }

  /// Returns the derivatives of `output` when its adjoint is `seed`.
  private mutating func row(
    of output: Value, seed: Value, _ arguments: Primals, isFirst: Bool
  ) -> [Value] {
    adjoints = Array(repeating: nil, count: old.valueCount)
    if !isFirst, !stacks.isEmpty {
      primals = arguments
      stacks = [:]
      forward(.body)
    }
    let before = primals
    contribute(Derivative(value: seed), to: output)
    reverse(.body)
    primals = before
    return independents.map { independent in
      adjoints[independent.position]?.chosen(in: &builder)
        ?? builder.constant(0, old.type(of: independent))
    }
  }

  /// Returns the derivatives of an array: a loop over its elements.
  private mutating func rowsOfArray(_ output: Value, _ arguments: Primals) -> [Value] {
    let type = old.type(of: output)
    let height = type.shape.count
    let shapes = independents.map { old.type(of: $0).shape }
    let types = shapes.map { ValueType(.real, Shape([height, $0.count])) }
    let before = (primals, stacks)
    let body = builder.openLoop(carrying: types)
    let handed = builder.function[body].parameters
    let unit = builder.unit(handed[0], type)
    let row = row(of: output, seed: unit, arguments, isFirst: false)
    var next: [Value] = [builder.constant(1, .boolean)]
    for ((rows, part), shape) in zip(zip(handed.dropFirst(), row), shapes) {
      let part = builder.reshape(part, to: Shape([Dimension(1), shape.count]))
      let extents = [Attribute.Extent(Dimension(1)), Attribute.Extent(shape.count)]
      let zero = builder.constant(0, .integer)
      next.append(builder.append(.sliceSet, [rows, part, handed[0], zero], .window(extents)))
    }
    builder.close(yielding: next)
    (primals, stacks) = before
    let zeros = types.map { builder.constant(0, $0) }
    let start = builder.constant(1, .boolean)
    let all = builder.loop(start: start, limit: builder.size(height), zeros, body)
    return zip(all, shapes).map { rows, shape in
      builder.reshape(rows, to: Shape(type.shape.dimensions + shape.dimensions))
    }
  }

  /// Returns the names of the derivatives of the output called `name`.
  private func rowNames(_ name: String, _ row: [Value]) -> [NamedValue] {
    let parameters = Dictionary(zip(old.parameters, old.parameterNames)) { first, _ in first }
    return zip(independents, row).compactMap { independent, derivative in
      guard let variable = parameters[independent], builder.function.constant(derivative) == nil
      else { return nil }
      let tail = variable.prefix(1).uppercased() + variable.dropFirst()
      return NamedValue(value: derivative, name: "\(name)By\(tail)", span: .none)
    }
  }

  /// Gives primals the names of the source, and the rows theirs.
  private mutating func nameRows(_ rows: [NamedValue], _ primals: Primals) {
    let values = old.names.compactMap { named in
      primals[named.value].map { NamedValue(value: $0, name: named.name, span: named.span) }
    }
    builder.function.names = values + rows
  }
}
