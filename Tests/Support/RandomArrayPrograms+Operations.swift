import BPIR

extension RandomArrayProgram {
  /// The functions and constructs that are drawn, each as often as the others.
  package static let operations: [String] = Set(
    (OpTable.functions.keys + ArrayFunctions.all.map(\.name)).filter { !notDrawn.contains($0) }
      + binaryOperators + constructs
  ).sorted()

  /// Random numbers have no derivative, and that of a stopped value is not what differences find.
  private static let notDrawn = ["uniform", "normal", "stop"]
  static let binaryOperators = ["+", "-", "*", "/", "%", "^"]
  static let constructs = [
    "neg", "@", ".T", "if", "function", "tuple", "literal", "index", "slice", "gather", "set index",
    "set slice", "set gather", "tie", "whole power", "classes", "zero factor", "guarded elements",
    "guarded array",
  ]

  /// Returns a random use of `operation`, or nil where nothing fits it.
  mutating func drawn(_ operation: String) -> Drawn? {
    if let made = construct(operation) ?? join(operation) ?? make(operation) { return made }
    if RandomArrayProgram.binaryOperators.contains(operation) { return binary(operation) }
    if let op = OpTable.functions[operation], operation != "max", operation != "min" || chance() {
      return call(operation, op)
    }
    return ArrayFunctions.all.contains { $0.name == operation } ? reduction(operation) : nil
  }

  // MARK: - Element by element

  private mutating func binary(_ operation: String) -> Drawn {
    let (a, b, shape) = pair()
    switch operation {
    case "/": return ("\(a.name) / (1.5 + abs(\(b.name)))", shape, a.bound)
    case "%": return ("\(a.name) % (0.7 + abs(\(b.name)))", shape, b.bound + 1)
    case "^": return ("(0.5 + abs(\(a.name)))^\(b.name)", shape, 50)
    case "*": return ("\(a.name) * \(b.name)", shape, a.bound * b.bound)
    default: return ("\(a.name) \(operation) \(b.name)", shape, a.bound + b.bound)
    }
  }

  /// Arguments at which functions are finite and smooth.
  private static let arguments = [
    "acosh": "1.2 + abs(#)", "asin": "0.9*tanh(#)", "acos": "0.9*tanh(#)", "atanh": "0.9*tanh(#)",
    "log": "0.3 + abs(#)", "log2": "0.3 + abs(#)", "log10": "0.3 + abs(#)", "log1p": "abs(#)",
    "sqrt": "0.3 + abs(#)", "lgamma": "0.3 + abs(#)", "digamma": "0.3 + abs(#)", "tan": "0.3*#",
    "cbrt": "4 + #",
  ]

  private mutating func call(_ name: String, _ op: Op) -> Drawn? {
    let (a, b, shape) = pair()
    switch name {
    case "atan2", "mod", "fmod": return ("\(name)(\(a.name), 0.7 + abs(\(b.name)))", shape, 4)
    case "pow": return ("pow(0.5 + abs(\(a.name)), \(b.name))", shape, 50)
    case "xlogy": return ("xlogy(\(a.name), 0.5 + abs(\(b.name)))", shape, 6)
    case "where": return choice()
    case "clamp": return ("clamp(\(a.name), -0.8, 1.1)", a.shape, 1.1)
    case "hypot", "max", "min": return ("\(name)(\(a.name), \(b.name))", shape, a.bound + b.bound)
    case "leaky_relu": return ("leaky_relu(\(a.name), leak: 0.2)", a.shape, a.bound)
    default:
      guard op.info.parameters.count == 1 else { return nil }
      let argument = RandomArrayProgram.arguments[name] ?? "#"
      return ("\(name)(\(argument.replacing("#", with: a.name)))", a.shape, 30)
    }
  }

  private mutating func choice() -> Drawn? {
    let (a, b, shape) = pair()
    guard let c = pick(where: { RandomArrayProgram.broadcast(shape, $0.shape) != nil }),
      let common = RandomArrayProgram.broadcast(shape, c.shape)
    else { return nil }
    let condition = "\(a.name) < \(b.name) and not \(c.name) > 0.5 or \(b.name) == 2"
    return ("where(\(condition), sqrt(\(a.name) + 4), \(c.name))", common, max(3, c.bound))
  }

  // MARK: - Constructs

  private mutating func construct(_ operation: String) -> Drawn? {
    let (a, b, shape) = pair()
    switch operation {
    case "neg": return ("-\(a.name)", a.shape, a.bound)
    case "whole power":
      let exponent = number(-3...4)
      let base = exponent < 0 ? "(1 + abs(\(a.name)))" : a.name
      return ("\(base)^\(exponent)", a.shape, exponent < 0 ? 1 : 90)
    case "if": return conditional()
    case "function":
      let text = "g\(count)(p, q) = { t = p*q; mean(t) + sin(t) }; "
      let calls = "g\(count)(\(a.name), \(b.name)) - mean(g\(count)(\(b.name), 0.5))"
      return (text + "§ = \(calls)", shape, a.bound * b.bound + 6)
    case "tuple":
      let text = "g\(count)(p, q) = (p - q, cos(q)); s, t = g\(count)(\(a.name), \(b.name)); "
      return (text + "§ = s*t", shape, a.bound + b.bound)
    case "tie": return tie()
    case "zero factor": return zeroFactor()
    case "guarded elements": return guardedElements()
    case "guarded array": return guardedArray()
    default: return nil
    }
  }

  private mutating func conditional() -> Drawn? {
    let (s, t) = (scalar(), scalar())
    let a = pick()
    guard let b = pick(where: { $0.shape == a.shape }) else { return nil }
    let arms = "{ r = sin(\(a.name)); r * \(b.name) } else { sqrt(abs(\(s.name)) + 1) - \(a.name) }"
    if chance() { return ("if \(s.name) < \(t.name) \(arms)", a.shape, 6) }
    return (
      "if \(s.name) < \(t.name) { § = cumsum(reshape(\(a.name), -1)) } "
        + "else { § = reshape(\(b.name), -1) }; § = mean(§)", [], 30
    )
  }

  mutating func scalar() -> Named { pick { $0.rank == 0 } ?? names[0] }

  /// Returns an axis, half the time from the end.
  mutating func axis(of x: Named) -> Int { number(-x.rank...x.rank - 1) }

  static func removing(_ x: Named, _ axis: Int) -> [Size] {
    var shape = x.shape
    shape.remove(at: axis < 0 ? axis + x.rank : axis)
    return shape
  }
}
