extension RandomArrayProgram {
  // MARK: - Along axes

  /// Returns a use of what takes an axis.
  mutating func reduction(_ name: String) -> Drawn? {
    let x = array()
    let axis = axis(of: x)
    if ["softmax", "log_softmax", "cumsum"].contains(name) {
      let bound = name == "softmax" ? 1 : x.bound * Double(x.count) + 5
      return (name + (chance() ? "(\(x.name), axis: \(axis))" : "(\(x.name))"), x.shape, bound)
    }
    let isWhole = number(0...2) == 0
    let arguments = isWhole ? "" : ", axis: \(axis)"
    let shape = isWhole ? [] : RandomArrayProgram.removing(x, axis)
    let size = isWhole ? x.count : x.shape[axis < 0 ? axis + x.rank : axis].number
    switch name {
    case "argmax", "argmin":
      return ("\(name)(\(x.name)\(arguments)) * \(scalar().name)", shape, 30)
    case "any", "all":
      return (
        "where(\(name)(\(x.name) > 0.3\(arguments)), sum(\(x.name)\(arguments)), 0.7)", shape, 30
      )
    case "var", "std":
      let freedom = size > 1 && chance() ? ", ddof: 1" : ""
      return ("\(name)(\(x.name)\(arguments)\(freedom))", shape, 2 * x.bound * x.bound)
    case "prod": return ("prod(\(x.name)\(arguments))", shape, 30)
    case "min", "max", "mean": return ("\(name)(\(x.name)\(arguments))", shape, x.bound)
    case "sum", "norm", "logsumexp":
      return ("\(name)(\(x.name)\(arguments))", shape, x.bound * Double(size) + 2)
    default: return nil
    }
  }

  // MARK: - Makers and models

  /// Returns a use of what makes arrays, or makes a number of two arrays.
  mutating func make(_ name: String) -> Drawn? {
    let (a, b, shape) = pair()
    let x = array()
    let text = "[\(a.shape.map { "\($0.number)" }.joined(separator: ", "))]"
    switch name {
    case "zeros": return ("\(a.name) - zeros(\(text))", a.shape, a.bound)
    case "ones": return ("\(a.name) - 2*ones(\(text))", a.shape, a.bound + 2)
    case "fill": return ("\(a.name) + fill(\(text), \(scalar().name))", a.shape, 2 * a.bound)
    case "len": return ("\(x.name) / len(\(x.name))", x.shape, x.bound)
    case "size":
      return ("\(x.name)*size(\(x.name), axis: -1)/size(\(x.name))", x.shape, x.bound)
    case "eye": return ("\(x.name) @ (eye(size(\(x.name), axis: -1)) + 0.3)", x.shape, 10)
    case "range": return ("\(x.name) + 0.5*range(size(\(x.name), axis: -1))", x.shape, 5)
    case "linspace":
      let count = number(1...5)
      return (
        "linspace(\(scalar().name), \(scalar().name), \(count))", [Size(number: count)], 2
      )
    case "dot", "mse": return ("\(name)(\(a.name), \(b.name))", [], 40 + Double(shape.count))
    case "bce": return ("bce(sigmoid(\(a.name)), 0.05 + 0.9*sigmoid(\(b.name)))", [], 4)
    case "bce_with_logits":
      return ("bce_with_logits(sigmoid(\(a.name)), \(b.name))", [], 10)
    case "cross_entropy":
      guard let y = pick(where: { $0.shape == x.shape }) else { return nil }
      return ("cross_entropy(softmax(\(y.name)), \(x.name))", [], 10)
    case "classes": return classes()
    default: return nil
    }
  }

  private mutating func classes() -> Drawn? {
    guard let z = pick(where: { $0.rank == 2 }) else { return nil }
    let classes = (0..<z.shape[0].number).map { _ in "\(number(0...z.shape[1].number - 1))" }
    return ("cross_entropy([\(classes.joined(separator: ", "))], \(z.name))", [], 10)
  }
}
