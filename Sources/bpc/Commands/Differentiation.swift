import BPAD
import BPIR
import BPInterp
import BPLexer

/// A program with what is differentiated in it.
struct Differentiation {
  let compilation: Compiler.Compilation
  let module: Module
  let objective: Objective
  let compiler: Compiler
  /// Whether second derivatives are wanted.
  let hessian: Bool
  let problem: Compiler.Problem

  init(
    _ compilation: Compiler.Compilation, _ module: Module, _ objective: Objective,
    _ compiler: Compiler, hessian: Bool
  ) {
    self.compilation = compilation
    self.module = module
    self.objective = objective
    self.compiler = compiler
    self.hessian = hessian
    problem = compiler.problem(
      module, output: objective.output, independents: objective.independents)
  }

  /// The value alone.
  var value: Function {
    var function = problem.function
    function.results = [function.results[0]]
    return function.simplified()
  }

  /// The value with its first derivatives and, where they are wanted, its second ones.
  var gradient: Gradient {
    hessian ? compiler.hessian(problem) : compiler.gradient(problem)
  }

  /// Returns the derivatives as numbers.
  func derivatives(
    _ bindings: Bindings, _ reporter: Reporter
  ) throws(CommandFailure) -> Derivatives {
    let machine = Machine(compiler.program(gradient.function))
    try machine.run(bindings, compilation.source, reporter)
    let numbers = machine.results
    let count = objective.names.count
    return Derivatives(
      of: objective.name, names: objective.names, value: numbers[0],
      gradient: Array(numbers[1...count]),
      hessian: hessian ? symmetric(numbers[(1 + count)...], count) : nil)
  }

  private func symmetric(_ triangle: ArraySlice<Double>, _ count: Int) -> [[Double]] {
    var rows = Array(repeating: Array(repeating: 0.0, count: count), count: count)
    for ((row, column), number) in zip(upperTriangle(count), triangle) {
      rows[row][column] = number
      rows[column][row] = number
    }
    return rows
  }

  /// Returns the Swift file.
  func swift(namespace: String) -> SwiftModel {
    SwiftModel(
      namespace: namespace, sourceName: sourceName, version: CommandTable.version,
      source: compilation.source, statements: module.statements, result: objective.name,
      leaves: module.leaves, independents: objective.names, value: value.finished(),
      gradient: compiler.gradient(problem).function.finished(),
      hessian: hessian ? compiler.hessian(problem).function.finished() : nil)
  }

  private var sourceName: String {
    compilation.source.name.split(separator: "/").last.map(String.init) ?? compilation.source.name
  }
}

/// Returns what is written above the line of a derivative of `name`.
private func quotient(_ name: String) -> String {
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
  let value: Double
  let gradient: [Double]
  let hessian: [[Double]]?

  /// The text for people, one derivative a line.
  var text: String {
    let top = quotient(of)
    var text = "\(of) = \(real(value).text)\n"
    for (name, number) in zip(names, gradient) {
      text += "\(derivativeName(of: of, by: name)) = \(real(number).text)\n"
    }
    for (row, numbers) in (hessian ?? []).enumerated() {
      for column in row..<names.count {
        let bottom = row == column ? "d\(names[row])^2" : "d\(names[row])d\(names[column])"
        text += "d^2\(top)/\(bottom) = \(real(numbers[column]).text)\n"
      }
    }
    return text
  }

  /// The same as one JSON object.
  var json: String {
    var members = [
      ("of", of.json), ("value", real(value).json), ("gradient", object(gradient)),
    ]
    if let hessian {
      members.append(("hessian", jsonObject(zip(names, hessian).map { ($0, object($1)) })))
    }
    return jsonObject(members.map { (name: $0.0, value: $0.1) }) + "\n"
  }

  private func object(_ numbers: [Double]) -> String {
    jsonObject(zip(names, numbers).map { ($0, real($1).json) })
  }

  private func real(_ number: Double) -> Scalar { Scalar(number: number, type: .real) }
}
