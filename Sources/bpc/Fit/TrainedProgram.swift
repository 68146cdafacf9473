import BPIR
import BackpropCompiler

/// What a training is of: it can only go on with the same.
struct TrainedProgram: Equatable, Sendable {
  /// The version of the compiler, since another one may compute other bits.
  var compiler = Compiler.version
  /// A number that follows from the program.
  let program: String
  /// A number that follows from the data.
  let data: String
  /// The name of what is minimised.
  let of: String
  /// The names that are trained, with their shapes.
  let names: [String]
  let shapes: [[Int]]

  /// What the program and the data of `problem` are.
  init(_ problem: TrainingProblem) {
    let (differentiation, layout) = (problem.differentiation, problem.layout)
    var text = Fingerprint()
    text.add(differentiation.module.text.utf8)
    program = text.description
    data = TrainedProgram.fingerprint(problem.bindings, layout).description
    of = differentiation.objective.name
    names = layout.parts.map(\.name)
    shapes = layout.parts.map(\.shape)
  }

  /// What a state says.
  init(
    compiler: String, program: String, data: String, of: String, names: [String], shapes: [[Int]]
  ) {
    self.compiler = compiler
    self.program = program
    self.data = data
    self.of = of
    self.names = names
    self.shapes = shapes
  }

  private static func fingerprint(_ bindings: Bindings, _ layout: ParameterLayout) -> Fingerprint {
    var numbers = Fingerprint()
    let trained = Set(layout.parts.map(\.leaf))
    for (leaf, tensor) in bindings.values.enumerated() where !trained.contains(leaf) {
      for length in tensor.shape { numbers.add(UInt64(length)) }
      for number in tensor.values { numbers.add(number.bitPattern) }
    }
    for (leaf, column) in bindings.rows?.columns ?? [] {
      numbers.add(UInt64(leaf))
      for number in column { numbers.add(number.bitPattern) }
    }
    return numbers
  }

  /// Returns in which way a training of `other` is another one; nil where it is the same.
  func difference(from other: TrainedProgram) -> String? {
    if compiler != other.compiler {
      return
        "it was made by bpc \(other.compiler), and this is \(compiler), which may compute other bits"
    }
    if of != other.of { return "it minimises '\(other.of)', not '\(of)'" }
    if names != other.names {
      return "it trains \(TrainedProgram.list(other.names)), not \(TrainedProgram.list(names))"
    }
    for (index, (own, others)) in zip(shapes, other.shapes).enumerated() where own != others {
      return "'\(names[index])' has shape \(others) there, and \(own) here"
    }
    if program != other.program { return "it is of another program" }
    if data != other.data { return "it is of other data, or of other values of names" }
    return nil
  }

  private static func list(_ names: [String]) -> String {
    names.map { "'\($0)'" }.joined(separator: ", ")
  }
}

/// A number that follows from all that was added: FNV-1a with 64 bits (Fowler, Noll and Vo 1991).
struct Fingerprint: Equatable, CustomStringConvertible, Sendable {
  private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Adds bytes.
  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  }

  /// Adds a number.
  mutating func add(_ number: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      hash = (hash ^ (number >> UInt64(shift) & 0xFF)) &* 0x0000_0100_0000_01B3
    }
  }

  /// The number in hexadecimal digits.
  var description: String { String(hash, radix: 16) }
}
