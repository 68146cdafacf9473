import BPIR

/// A random program with loops, branches, jumps, functions and derivatives inside each other.
///
/// Its values stay moderate because what is assigned is wrapped in bounded functions; loops end because
/// they are counted, or go on only while a number that each turn makes smaller is large.
package struct RandomFlowProgram {
  /// The program.
  package private(set) var text = ""
  /// The point at which it is looked at: three numbers and a vector of four.
  package let point: [[Double]]
  /// The constructs that were drawn.
  package private(set) var drawn: [String] = []

  /// What is drawn, each about as often as the others.
  package static let constructs = [
    "define", "reassign", "swap", "if", "else", "for", "inner bound", "downward", "no turn",
    "while",
    "break", "continue", "element", "part", "function", "return in a loop", "whole number",
    "choice", "kink", "gradient", "slope", "stop", "short circuit", "vector",
  ]

  private var generator: SeededGenerator
  private var numbers = ["x", "y", "z"]
  private var counters: [String] = []
  private var functions: [String] = []
  private var hasVector = true
  private var count = 0
  private var depth = 0
  private var loopDepth = 0
  private var budget: Int

  /// Creates the program that `seed` gives, with about `size` statements.
  package init(seed: UInt64, size: Int) {
    generator = SeededGenerator(seed: seed)
    budget = size
    var drawNumber = SeededGenerator(seed: seed ^ 0x5_DEEC_E66D)
    func number() -> Double {
      (Double.random(in: -2...2, using: &drawNumber) * 1000).rounded() / 1000
    }
    point = [[number()], [number()], [number()], (0..<4).map { _ in number() }]
    text = "param x\nparam y\nparam z\nparam v: [4]\nw = v * 1.0\n"
    if chance(2) { addFunction() }
    if chance(4) { addFunction() }
    while budget > 0 { addStatement() }
    let last = numbers.suffix(4).joined(separator: " + ")
    line("\(last) + sum(sin(w)) + 0.5*x + 0.25*y + 0.125*z + 0.1*sum(v)")
  }

  /// The point as the command line binds it.
  package var bindings: String {
    zip(["x", "y", "z", "v"], point).map { name, values in
      values.count == 1 ? "\(name)=\(values[0])" : "\(name)=\(values)".filter { $0 != " " }
    }.joined(separator: " ")
  }

  // MARK: - Pieces

  /// Returns true once in `times`.
  private mutating func chance(_ times: Int) -> Bool {
    Int.random(in: 0..<times, using: &generator) == 0
  }

  private mutating func pick(_ names: [String]) -> String {
    names.randomElement(using: &generator) ?? "x"
  }

  private mutating func newName(_ prefix: String) -> String {
    count += 1
    return "\(prefix)\(count)"
  }

  private mutating func line(_ statement: String) {
    text += String(repeating: "  ", count: depth) + statement + "\n"
  }

  private mutating func note(_ construct: String) { drawn.append(construct) }

  private mutating func literal() -> String {
    "\((Double.random(in: 0.2...1.8, using: &generator) * 100).rounded() / 100)"
  }

  private mutating func index() -> String {
    guard let counter = counters.randomElement(using: &generator), !chance(3) else {
      return "\(Int.random(in: -4...3, using: &generator))"
    }
    return chance(2) ? "\(counter) % 4" : "(\(counter) + 1) % 4"
  }

  private mutating func atom() -> String {
    if hasVector, chance(6) { return "w[\(index())]" }
    if !counters.isEmpty, chance(6) { return "0.3*\(pick(counters))" }
    return chance(8) ? literal() : pick(numbers)
  }

  /// Returns an expression of a moderate value.
  private mutating func expression(_ nesting: Int = 0) -> String {
    if nesting > 2 { return atom() }
    let (a, b) = (nesting > 1 ? atom() : expression(nesting + 1), atom())
    switch Int.random(in: 0..<18, using: &generator) {
    case 0: return "sin(\(a))"
    case 1: return "tanh(\(a) + \(b))"
    case 2: return "(\(a) * \(b))"
    case 3: return "(\(a) - \(b))"
    case 4: return "\(a) / (1.5 + \(b)^2)"
    case 5: return "exp(-(\(a))^2)"
    case 6: return "sqrt((\(a))^2 + 0.3)"
    case 7: return "log(1.5 + (\(a))^2)"
    case 8: return "sigmoid(\(a)) * \(b)"
    case 9:
      note("kink")
      return "max(\(a), \(b), \(atom()))"
    case 10:
      note("kink")
      return "relu(\(a)) + abs(\(b))"
    case 11:
      note("choice")
      return "where(\(a) > \(b), \(atom()), 0.3*\(b))"
    case 12:
      note("choice")
      return "(if \(condition()) { \(a) } else { cos(\(b)) })"
    case 13:
      guard let function = functions.randomElement(using: &generator) else { return "cos(\(a))" }
      note("function")
      return "\(function)(\(a), \(b))"
    case 14:
      note("vector")
      return hasVector ? "sum(0.2*w*\(b))" : a
    case 15:
      note("stop")
      return "stop(\(a)) * \(b)"
    case 16:
      note("slope")
      return chance(2) ? "tanh'(\(a))" : "sin''(\(a))"
    default: return "0.5*\(a) + 0.4*\(b)"
    }
  }

  private mutating func condition() -> String {
    if let counter = counters.randomElement(using: &generator), chance(3) {
      return "\(counter) % 2 == \(Int.random(in: 0...1, using: &generator))"
    }
    if chance(5) {
      note("short circuit")
      return "\(atom()) < \(atom()) \(chance(2) ? "and" : "or") \(atom()) > \(literal())"
    }
    return "\(atom()) \(chance(2) ? "<" : ">=") \(atom())"
  }

  private mutating func wrapped() -> String {
    chance(2) ? "tanh(\(expression()))" : "1.5*sin(\(expression()))"
  }

  // MARK: - Statements

  private mutating func addStatement() {
    budget -= 1
    switch Int.random(in: 0..<22, using: &generator) {
    case 0, 1, 2, 3: define()
    case 4, 5, 6, 7: reassign()
    case 8:
      note("swap")
      line("\(numbers[0]), \(numbers[1]) = \(numbers[1]), \(numbers[0])")
    case 9, 10: branch()
    case 11, 12, 13: countedLoop()
    case 14, 15: whileLoop()
    case 16, 17: element()
    case 18: part()
    case 19: jump()
    case 20: gradient()
    default: reassign()
    }
  }

  private mutating func define() {
    note("define")
    let name = newName("a")
    line("\(name) = \(wrapped())")
    numbers.append(name)
  }

  private mutating func reassign() {
    note("reassign")
    line("\(pick(numbers)) = \(wrapped())")
  }

  private mutating func element() {
    guard hasVector else { return reassign() }
    note("element")
    line("w[\(index())] = \(wrapped())")
  }

  private mutating func part() {
    guard hasVector else { return reassign() }
    note("part")
    let form = Int.random(in: 0..<3, using: &generator)
    let value = wrapped()
    switch form {
    case 0: line("w[0..<2] = w[2..<4] * 0.7 + \(value)")
    case 1: line("w = tanh(w * \(atom()) + \(value))")
    default: line("w[1...3] = \(value)")
    }
  }

  /// Writes statements one level deeper; names that are new in them end with them.
  private mutating func block(_ size: Int) {
    let known = numbers
    depth += 1
    reassign()
    for _ in 0..<size where budget > 0 { addStatement() }
    depth -= 1
    numbers = known
  }

  private mutating func size() -> Int { depth > 3 ? 0 : Int.random(in: 0...3, using: &generator) }

  private mutating func branch() {
    note("if")
    line("if \(condition()) {")
    block(size())
    if chance(2) {
      note("else")
      line(chance(2) ? "} else if \(condition()) {" : "} else {")
      block(size())
    }
    line("}")
  }

  private mutating func countedLoop() {
    guard loopDepth < 3 else { return reassign() }
    note("for")
    let counter = newName("i")
    line("for \(counter) in \(range()) {")
    counters.append(counter)
    loopDepth += 1
    block(size() + 1)
    loopDepth -= 1
    counters.removeLast()
    line("}")
  }

  private mutating func range() -> String {
    if let outer = counters.last, chance(2) {
      note("inner bound")
      return chance(2) ? "0..<\(outer)" : "\(outer)...3"
    }
    switch Int.random(in: 0..<6, using: &generator) {
    case 0:
      note("downward")
      return "3..<0 by -1"
    case 1:
      note("no turn")
      return chance(2) ? "0..<0" : "2..<1"
    case 2: return "0..<1"
    case 3: return "1...7 by 3"
    default: return "0..<\(Int.random(in: 2...5, using: &generator))"
    }
  }

  private mutating func whileLoop() {
    guard loopDepth < 3 else { return reassign() }
    note("while")
    let name = newName("t")
    line("\(name) = 1.0 + 0.5*sigmoid(\(atom()))")
    line("while \(name) > 0.3\(chance(3) ? " and (\(condition()))" : "") {")
    numbers.append(name)
    loopDepth += 1
    let known = numbers
    depth += 1
    // Nothing else assigns it, so that it gets smaller in each turn.
    numbers.removeLast()
    line("\(name) = \(name) * 0.6")
    depth -= 1
    block(size())
    numbers = known
    loopDepth -= 1
    line("}")
  }

  private mutating func jump() {
    guard loopDepth > 0 else { return wholeNumber() }
    let isBreak = chance(2)
    note(isBreak ? "break" : "continue")
    line("if \(condition()) { \(pick(numbers)) = \(wrapped()); \(isBreak ? "break" : "continue") }")
  }

  private mutating func wholeNumber() {
    note("whole number")
    let name = newName("n")
    line("\(name) = 0")
    line("for \(newName("i")) in 0..<3 { if \(condition()) { \(name) = \(name) + 1 } }")
    line("w[\(name)] = 0.5*w[\(name)] + \(atom())")
  }

  /// Writes a function of two numbers, perhaps with a loop that it leaves early.
  private mutating func addFunction() {
    note("function")
    let name = newName("f")
    let (outerNumbers, outerVector) = (numbers, hasVector)
    line("\(name)(p, q) = {")
    numbers = ["p", "q"]
    hasVector = false
    depth += 1
    line("r = \(wrapped())")
    numbers.append("r")
    if chance(2) {
      note("return in a loop")
      line("for k in 0..<3 {")
      counters.append("k")
      depth += 1
      line("r = \(wrapped())")
      line("if \(condition()) { return \(wrapped()) }")
      depth -= 1
      counters.removeLast()
      line("}")
    } else {
      reassign()
    }
    line("tanh(r)")
    depth -= 1
    line("}")
    (numbers, hasVector) = (outerNumbers, outerVector)
    functions.append(name)
  }

  /// Writes a descent step: the derivative of a new value by a new version of a name.
  private mutating func gradient() {
    note("gradient")
    let (name, value, slope) = (newName("g"), newName("h"), newName("d"))
    let isVector = hasVector && chance(3)
    line("\(name) = \(isVector ? "0.9*w" : wrapped())")
    line(
      "\(value) = \(isVector ? "sum(sin(\(name)*\(atom())))" : "sin(\(name)*\(atom()) + \(atom()))")"
    )
    line("\(slope) = grad(\(value), \(name))")
    line(
      isVector ? "w = tanh(w - 0.1*\(slope))" : "\(pick(numbers)) = tanh(\(name) - 0.2*\(slope))")
  }
}
