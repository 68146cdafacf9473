import BPIR

/// A generator of random numbers with a seed: SplitMix64 (Steele, Lea, Flood: Fast Splittable
/// Pseudorandom Number Generators, 2014).
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

/// A random program of scalars with a point at which it is finite.
package struct RandomProgram {
  /// The program.
  package private(set) var text = ""
  /// The names of the leaves.
  package private(set) var leaves: [String] = []
  /// The point.
  package private(set) var point: [Double] = []
  /// The operations that were drawn.
  package private(set) var drawn: [String] = []

  /// A name with its value at the point.
  private struct Named {
    let name: String
    let value: Double
  }

  private var generator: SeededGenerator
  private var names: [Named] = []
  private var count = 0

  /// The functions and operators that are drawn, each as often as the others.
  package static let operations: [String] =
    OpTable.functions.keys.filter { $0 != "where" }.sorted()
    + ["+", "-", "*", "/", "%", "^", "neg", "where", "if", "function", "statement", "and"]

  /// Creates the program that `seed` gives, with `size` statements.
  package init(seed: UInt64, size: Int) {
    generator = SeededGenerator(seed: seed)
    for index in 0..<3 {
      let value = (Double.random(in: -2...2, using: &generator) * 1000).rounded() / 1000
      leaves.append("x\(index)")
      point.append(value)
      names.append(Named(name: "x\(index)", value: value))
    }
    text += "param x0\nparam x1\nparam x2\n"
    for _ in 0..<size { addStatement() }
    let last = names.suffix(3).map { "tanh(\($0.name))" }.joined(separator: " + ")
    text += "f = \(last) + \(leaves.map { "0.5*\($0)" }.joined(separator: " + "))\n"
  }

  private mutating func pick() -> Named { names.randomElement(using: &generator) ?? names[0] }

  /// Adds a statement whose value is moderate at the point.
  private mutating func addStatement() {
    for _ in 0..<12 {
      let operation = RandomProgram.operations.randomElement(using: &generator) ?? "+"
      if let (expression, value) = expression(operation), value.isFinite,
        (1e-3...1e3).contains(value.magnitude)
      {
        drawn.append(operation)
        return define(expression, value)
      }
    }
    let x = pick()
    define("sin(\(x.name) + 0.7)", Op.sin.evaluated([x.value + 0.7]))
  }

  private mutating func define(_ expression: String, _ value: Double) {
    let name = "v\(count)"
    count += 1
    text +=
      expression.contains("@")
      ? expression.replacing("@", with: name) + "\n" : "\(name) = \(expression)\n"
    names.append(Named(name: name, value: value))
  }

  /// Returns a random use of `operation` and its value; nil where it would not be smooth enough.
  private mutating func expression(_ operation: String) -> (String, Double)? {
    let (a, b, c, d) = (pick(), pick(), pick(), pick())
    switch operation {
    case "+": return ("\(a.name) + \(b.name)", a.value + b.value)
    case "-": return ("\(a.name) - \(b.name)", a.value - b.value)
    case "*": return ("\(a.name) * \(b.name)", a.value * b.value)
    case "/": return ("\(a.name) / \(b.name)", a.value / b.value)
    case "%": return ("\(a.name) % \(b.name)", Op.modulo.evaluated([a.value, b.value]))
    case "neg": return ("-\(a.name)", -a.value)
    case "^": return power(a, b)
    case "where":
      return (
        "where(\(a.name) < \(b.name), \(c.name), \(d.name))", a.value < b.value ? c.value : d.value
      )
    case "and":
      let holds = a.value < b.value && !(c.value > 0.5) || d.value == 2
      return (
        "where(\(a.name) < \(b.name) and not \(c.name) > 0.5 or \(d.name) == 2, \(a.name), \(b.name))",
        holds ? a.value : b.value
      )
    case "if", "statement", "function": return construct(operation, a, b, c, d)
    default: return call(operation)
    }
  }

  private mutating func power(_ a: Named, _ b: Named) -> (String, Double)? {
    if Bool.random(using: &generator) {
      let exponent = Int.random(in: -3...4, using: &generator)
      return ("\(a.name)^\(exponent)", Op.integerPower.evaluated([a.value, Double(exponent)]))
    }
    guard a.value > 0 else { return nil }
    return ("\(a.name)^\(b.name)", Op.power.evaluated([a.value, b.value]))
  }

  private mutating func construct(
    _ operation: String, _ a: Named, _ b: Named, _ c: Named, _ d: Named
  ) -> (String, Double)? {
    let then = Op.sin.evaluated([c.value]) * d.value
    let otherwise = Op.exp.evaluated([-d.value.magnitude]) + a.value
    let arms = ("sin(\(c.name))*\(d.name)", "exp(-abs(\(d.name))) + \(a.name)")
    let condition = "\(a.name) < \(b.name)"
    let value = a.value < b.value ? then : otherwise
    switch operation {
    case "if": return ("if \(condition) { \(arms.0) } else { \(arms.1) }", value)
    case "statement":
      return (
        "if \(condition) { t = sin(\(c.name)); @ = t*\(d.name) } else { @ = \(arms.1) }", value
      )
    default:
      let function = "g\(count)"
      let body = "if p < q { return sin(r)*s }; exp(-abs(s)) + p"
      return (
        "\(function)(p, q, r, s) = { \(body) }; "
          + "@ = \(function)(\(a.name), \(b.name), \(c.name), \(d.name))", value
      )
    }
  }

  private mutating func call(_ name: String) -> (String, Double)? {
    guard let op = OpTable.functions[name] else { return nil }
    let count =
      op.info.isVariadic ? Int.random(in: 2...4, using: &generator) : op.info.parameters.count
    let arguments = (0..<count).map { _ in pick() }
    let list = arguments.map(\.name).joined(separator: ", ")
    return ("\(name)(\(list))", op.evaluated(arguments.map(\.value)))
  }
}
