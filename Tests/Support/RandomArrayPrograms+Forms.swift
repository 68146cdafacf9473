extension RandomArrayProgram {
  // MARK: - Forms

  /// Returns a use of what gives arrays another form, or puts them together.
  mutating func join(_ operation: String) -> Drawn? {
    let x = array()
    let axis = axis(of: x)
    switch operation {
    case ".T": return ("\(x.name).T", x.shape.reversed(), x.bound)
    case "transpose": return ("transpose(\(x.name))", x.shape.reversed(), x.bound)
    case "reverse": return ("reverse(\(x.name), axis: \(axis))", x.shape, x.bound)
    case "reshape": return reshaped(x)
    case "concat": return concatenated(x, axis)
    case "stack": return stacked()
    case "literal":
      let (a, b) = (scalar(), scalar())
      return (
        "[[\(a.name), 2*\(b.name), 0.5], [1.5, \(b.name), \(a.name)]]",
        [Size(number: 2), Size(number: 3)], 2 * b.bound + a.bound
      )
    case "@": return product()
    case "outer":
      guard let (a, b) = twoVectors() else { return nil }
      return ("outer(\(a.name), \(b.name))", a.shape + b.shape, a.bound * b.bound)
    case "diag", "trace": return diagonal(operation)
    default: return index(operation, x)
    }
  }

  private mutating func reshaped(_ x: Named) -> Drawn {
    let divisors = (1...x.count).filter { x.count % $0 == 0 }
    let rows = divisors[number(0...divisors.count - 1)]
    let areKnown = x.shape.allSatisfy { $0.isKnown }
    let all = Size(number: x.count, isKnown: areKnown)
    switch number(0...(areKnown ? 2 : 1)) {
    case 0: return ("reshape(\(x.name), -1)", [all], x.bound)
    case 1:
      return ("reshape(\(x.name), [1, -1, 1])", [Size(number: 1), all, Size(number: 1)], x.bound)
    default:
      let shape = [Size(number: rows), Size(number: x.count / rows)]
      return ("reshape(\(x.name), [\(rows), \(x.count / rows)])", shape, x.bound)
    }
  }

  private mutating func concatenated(_ x: Named, _ axis: Int) -> Drawn? {
    let place = axis < 0 ? axis + x.rank : axis
    let rest = RandomArrayProgram.removing(x, place).map(\.number)
    guard
      let y = pick(where: {
        $0.rank == x.rank && RandomArrayProgram.removing($0, place).map(\.number) == rest
      })
    else { return nil }
    var shape = x.shape
    shape[place].number = 2 * x.shape[place].number + y.shape[place].number
    shape[place].isKnown = x.shape[place].isKnown && y.shape[place].isKnown
    let text = "concat(\(x.name), \(y.name), \(x.name), axis: \(axis))"
    return (text, shape, max(x.bound, y.bound))
  }

  private mutating func stacked() -> Drawn? {
    let x = pick()
    guard let y = pick(where: { $0.shape.map(\.number) == x.shape.map(\.number) }) else {
      return nil
    }
    let axis = number(-x.rank - 1...x.rank)
    var shape = x.shape
    shape.insert(Size(number: 2), at: axis < 0 ? axis + x.rank + 1 : axis)
    return ("stack(\(x.name), \(y.name), axis: \(axis))", shape, max(x.bound, y.bound))
  }

  private mutating func diagonal(_ operation: String) -> Drawn? {
    if operation == "diag", chance() {
      guard let x = pick(where: { $0.rank == 1 }) else { return nil }
      return ("diag(\(x.name))", x.shape + x.shape, x.bound)
    }
    // How tall a matrix is may be known by data alone.
    guard
      let x = pick(where: {
        $0.rank == 2
          && ($0.shape[0].number <= $0.shape[1].number || $0.shape.allSatisfy { $0.isKnown })
      })
    else { return nil }
    let size = x.shape[0].number <= x.shape[1].number ? x.shape[0] : x.shape[1]
    return operation == "diag"
      ? ("diag(\(x.name))", [size], x.bound)
      : ("trace(\(x.name))", [], x.bound * Double(size.number))
  }

  // MARK: - Products

  private mutating func twoVectors() -> (Named, Named)? {
    guard let a = pick(where: { $0.rank == 1 }), let b = pick(where: { $0.rank == 1 }) else {
      return nil
    }
    return (a, b)
  }

  /// A product of arrays of any ranks, transposed at random.
  private mutating func product() -> Drawn? {
    for _ in 0..<30 {
      let (a, b) = (transposed(array()), transposed(array()))
      if let shape = RandomArrayProgram.product(a.shape, b.shape) {
        let terms = Double(a.shape[a.rank - 1].number)
        return ("\(a.name) @ \(b.name)", shape, a.bound * b.bound * terms)
      }
    }
    return nil
  }

  private mutating func transposed(_ x: Named) -> Named {
    guard chance() else { return x }
    return Named(name: "\(x.name).T", shape: x.shape.reversed(), bound: x.bound)
  }

  private static func product(_ a: [Size], _ b: [Size]) -> [Size]? {
    let inner = b.count == 1 ? b[0] : b[b.count - 2]
    guard a[a.count - 1].number == inner.number,
      let batch = broadcast(Array(a.dropLast(2)), Array(b.dropLast(2)))
    else { return nil }
    return batch + (a.count > 1 ? [a[a.count - 2]] : []) + (b.count > 1 ? [b[b.count - 1]] : [])
  }
}
