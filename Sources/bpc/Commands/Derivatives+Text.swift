import BPIR
import BPInterp
import BackpropCompiler

extension Derivatives {
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
}
