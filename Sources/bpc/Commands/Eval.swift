import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

/// `bpc eval`: the values of a program.
struct Eval {
  private let arguments: EvalArguments
  private let output: BufferedOutput

  init(_ arguments: EvalArguments, _ output: BufferedOutput) {
    self.arguments = arguments
    self.output = output
  }

  func run() throws(CommandFailure) {
    let source = try arguments.source.read()
    let reporter = arguments.program.reporter
    var compiler = arguments.program.compiler
    compiler.precision = arguments.precision
    let module = try compiler.load(source, reporter).module
    let bindings = try Bindings(
      arguments.bindings, try arguments.data.source(module), module, source, compiler)
    let blaming = Blaming(
      source: source, compiler: compiler, reporter: reporter, blames: arguments.blames,
      traces: false)
    let evaluation = Evaluation(module, all: arguments.printsAll || arguments.format == .json)
    let count = module.resultNames.count
    guard let rows = bindings.rows else {
      let values = try commanding { () throws(ProgramFailure) in
        try evaluation.values(bindings, compiler, source)
      }
      try write(bytes(values, resultCount: count))
      return blaming.blame(values[..<count], bindings)
    }
    let values = try commanding { () throws(ProgramFailure) in
      try evaluation.rows(bindings, rows, compiler, source)
    }
    try write(Array(text(rows: values, resultCount: count).utf8))
    for (row, values) in values.enumerated()
    where values[..<count].contains(where: { $0.tensor.firstNotFinite != nil }) {
      // One row is enough: the others are as it is, as a rule.
      return blaming.blame(values[..<count], bindings.row(row), Blaming.place(row: row))
    }
  }

  private func write(_ bytes: [UInt8]) throws(CommandFailure) {
    try arguments.output.write(bytes, output, sparing: arguments.source)
  }

  // MARK: - One result

  private func bytes(
    _ values: [ShownValue], resultCount: Int
  ) throws(CommandFailure) -> [UInt8] {
    let results = values[..<resultCount]
    let named = Array(values[resultCount...])
    switch arguments.format {
    case .text:
      let shown =
        arguments.printsAll ? named + results.filter { !named.contains($0) } : Array(results)
      return Array(shown.map { $0.line(all: arguments.printsAll) }.joined().utf8)
    case .json: return Array(json(Array(results), named).utf8)
    case .csv: return Array(try table(arguments.printsAll ? named : Array(results)).utf8)
    case .npy:
      guard results.count == 1 else {
        throw .run("an NPY file holds one array, and the result has \(results.count) parts")
      }
      return results[0].tensor.npy
    }
  }

  private func json(_ results: [ShownValue], _ named: [ShownValue]) -> String {
    let isTuple = results.count > 1
    let values = results.map(\.json).joined(separator: ", ")
    let name = results.map(\.name).joined(separator: ", ")
    return jsonObject([
      ("name", name.json), ("value", isTuple ? "[\(values)]" : values),
      ("values", jsonObject(named.map { ($0.name, $0.json) })),
    ]) + "\n"
  }

  // MARK: - A result a row

  private func text(rows: [[ShownValue]], resultCount: Int) throws(CommandFailure) -> String {
    switch arguments.format {
    case .text:
      return rows.map { row in
        shown(row, resultCount).map { "\($0.name) = \($0.text(all: arguments.printsAll))" }
          .joined(separator: ", ") + "\n"
      }.joined()
    case .json: return json(rows: rows, resultCount)
    case .csv:
      guard let first = rows.first else { return "\n" }
      let names = shown(first, resultCount).flatMap(\.columns).map(\.name.csv)
      let lines = rows.map { row in
        shown(row, resultCount).flatMap(\.columns).flatMap(\.values).joined(separator: ",") + "\n"
      }
      return names.joined(separator: ",") + "\n" + lines.joined()
    case .npy: throw .run("the results of rows are written with --format csv or json")
    }
  }

  private func shown(_ row: [ShownValue], _ resultCount: Int) -> [ShownValue] {
    Array(arguments.printsAll ? row[resultCount...] : row[..<resultCount])
  }

  private func json(rows: [[ShownValue]], _ resultCount: Int) -> String {
    let name = rows.first?[..<resultCount].map(\.name).joined(separator: ", ") ?? ""
    let entries = rows.map { row in
      let values = row[..<resultCount].map(\.json)
      let value = values.count == 1 ? values[0] : "[\(values.joined(separator: ", "))]"
      return jsonObject([("value", value)])
    }
    return jsonObject([
      ("name", name.json), ("rows", "[\n\(entries.joined(separator: ",\n"))\n]"),
    ]) + "\n"
  }
}
