import BPIR

/// Returns `function` with the derivatives of result number `output` with respect to `independents`
/// and, after them, the second derivatives in the order of the upper triangle, row by row.
///
/// By forward over reverse: the tangents of the gradient in the direction of each independent.
package func hessian(
  of function: Function, output: Int = 0, withRespectTo independents: [Value],
  _ options: DifferentiationOptions = DifferentiationOptions()
) -> Gradient {
  let first = gradient(of: function, output: output, withRespectTo: independents, options)
  let count = independents.count
  var second = tangents(
    of: first.function, outputs: Array(1..<count + 1), inDirectionsOf: first.independents, options)
  let results = second.results
  second.results =
    results[...count]
    + upperTriangle(count).map { results[1 + count + $0.row * count + $0.column] }
  return Gradient(
    function: second, independents: second.parameters, storedCount: first.storedCount,
    storedSize: first.storedSize, loops: first.loops)
}

/// Returns the places on and above the diagonal of a matrix of `count` rows, row by row.
package func upperTriangle(_ count: Int) -> [(row: Int, column: Int)] {
  (0..<count).flatMap { row in (row..<count).map { (row, $0) } }
}
