import BPIR
import BPInterp

/// Returns what is written above the line of a derivative of `name`.
package func quotient(_ name: String) -> String {
  name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? name : "(\(name))"
}

/// Returns the way the derivative of `name` with respect to `variable` is written.
package func derivativeName(of name: String, by variable: String) -> String {
  "d\(quotient(name))/d\(variable)"
}

/// Derivatives as numbers.
package struct Derivatives {
  package let of: String
  package let names: [String]
  package let value: Tensor
  /// For each name the derivatives: of a number as the name's own shape, of an array with the axes of
  /// the result first.
  package let gradient: [Tensor]
  /// For each pair of names the second derivatives.
  package var hessian: [[Tensor]]?
  /// How many bits they were computed with.
  package var precision = Precision.float64

  /// Returns the sum of the derivatives of rows, each times `factor`.
  package static func sum(_ rows: [Derivatives], times factor: Double) -> Derivatives? {
    guard var total = rows.first else { return nil }
    for row in rows.dropFirst() { total = total.plus(row) }
    return Derivatives(
      of: total.of, names: total.names, value: total.value.times(factor),
      gradient: total.gradient.map { $0.times(factor) },
      hessian: total.hessian?.map { row in row.map { $0.times(factor) } },
      precision: total.precision)
  }

  private func plus(_ other: Derivatives) -> Derivatives {
    Derivatives(
      of: of, names: names, value: value.plus(other.value),
      gradient: zip(gradient, other.gradient).map { $0.plus($1) },
      hessian: hessian == nil
        ? nil
        : zip(hessian ?? [], other.hessian ?? []).map { a, b in
          zip(a, b).map { $0.plus($1) }
        }, precision: precision)
  }
}

extension Tensor {
  fileprivate func plus(_ other: Tensor) -> Tensor {
    Tensor(shape: shape, values: zip(values, other.values).map { $0 + $1 })
  }

  fileprivate func times(_ factor: Double) -> Tensor {
    Tensor(shape: shape, values: values.map { $0 * factor })
  }
}
