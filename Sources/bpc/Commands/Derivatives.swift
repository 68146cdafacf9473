import BPIR
import BPInterp

/// Returns what is written above the line of a derivative of `name`.
func quotient(_ name: String) -> String {
  name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? name : "(\(name))"
}

/// Returns the way the derivative of `name` with respect to `variable` is written.
func derivativeName(of name: String, by variable: String) -> String {
  "d\(quotient(name))/d\(variable)"
}

/// Derivatives as numbers.
struct Derivatives {
  let of: String
  let names: [String]
  let value: Tensor
  /// For each name the derivatives: of a number as the name's own shape, of an array with the axes of
  /// the result first.
  let gradient: [Tensor]
  /// For each pair of names the second derivatives.
  var hessian: [[Tensor]]?
  /// How many bits they were computed with.
  var precision = Precision.float64

  /// The text for people, one derivative a line.
  func text(all: Bool) -> String {
    let top = quotient(of)
    var text = line(of, value, all)
    for (name, tensor) in zip(names, gradient) {
      text += line(derivativeName(of: of, by: name), tensor, all)
    }
    for (row, tensors) in (hessian ?? []).enumerated() {
      for column in row..<names.count {
        let bottom = row == column ? "d\(names[row])^2" : "d\(names[row])d\(names[column])"
        text += line("d^2\(top)/\(bottom)", tensors[column], all)
      }
    }
    return text
  }

  private func line(_ name: String, _ tensor: Tensor, _ all: Bool) -> String {
    ShownValue(name: name, tensor: tensor, element: .real, precision: precision).line(all: all)
  }

  /// The members of the derivatives in JSON, under the name `key`.
  func members(_ key: String) -> [(name: String, value: String)] {
    var members = [("value", json(value)), (key, object(gradient))]
    if let hessian {
      members.append(("hessian", jsonObject(zip(names, hessian).map { ($0, object($1)) })))
    }
    return members.map { (name: $0.0, value: $0.1) }
  }

  /// The same as one JSON object.
  func json(_ key: String) -> String {
    jsonObject([(name: "of", value: of.json)] + members(key)) + "\n"
  }

  private func object(_ tensors: [Tensor]) -> String {
    jsonObject(zip(names, tensors).map { ($0, json($1)) })
  }

  private func json(_ tensor: Tensor) -> String {
    ShownValue(name: "", tensor: tensor, element: .real, precision: precision).json
  }

  /// The derivatives as they are printed.
  var shown: [ShownValue] {
    [ShownValue(name: of, tensor: value, element: .real, precision: precision)]
      + zip(names, gradient).map { name, tensor in
        ShownValue(
          name: derivativeName(of: of, by: name), tensor: tensor, element: .real,
          precision: precision)
      }
  }

  /// Returns the sum of the derivatives of rows, each times `factor`.
  static func sum(_ rows: [Derivatives], times factor: Double) -> Derivatives? {
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
