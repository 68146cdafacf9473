import BPAD
import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

/// `bpc grad`: derivatives, as numbers, as text of a stage, or as Swift.
struct Grad {
  let arguments: GradArguments
  let output: BufferedOutput
  let reporter: Reporter
  private(set) var compiler: Compiler

  init(_ arguments: GradArguments, _ output: BufferedOutput) {
    self.arguments = arguments
    self.output = output
    reporter = arguments.program.reporter
    compiler = arguments.program.compiler
    compiler.options.marked = Set(arguments.wrt)
    compiler.precision = arguments.precision ?? .float64
    compiler.bound = arguments.limits.memory
  }

  func run() throws(CommandFailure) {
    guard let folder = arguments.folder else {
      return try differentiate(arguments.source.read()) { _ in }
    }
    do throws(CommandFailure) {
      try differentiate(inModule: folder)
    } catch {
      throw error.reported(at: arguments.source)
    }
  }

  /// Differentiates the program `source`, once `checkNames` has nothing against what it was compiled to.
  func differentiate(
    _ source: Source, _ checkNames: (Module) throws(CommandFailure) -> Void
  ) throws(CommandFailure) {
    if !arguments.stages.isEmpty, arguments.stages.allSatisfy(\.comesBeforeLowering) {
      return try write(stages(before: source))
    }
    let (compilation, module) = try compiler.load(source, reporter)
    try checkNames(module)
    if arguments.stages == [.ir] { return try write(module.text) }
    let differentiation = Differentiation(
      compilation, module, try objective(module), compiler, order: arguments.order)
    if let emission = arguments.emission {
      try write(emission, of: differentiation, source)
    } else if !arguments.stages.isEmpty {
      try write(stageTexts(differentiation, source))
    } else {
      try writeNumbers(differentiation, source)
    }
  }

  /// Returns what is differentiated in `module`.
  private func objective(_ module: Module) throws(CommandFailure) -> Objective {
    let isSwift = arguments.emission == .swift || arguments.stages == [.swift]
    return try commanding { () throws(ProgramFailure) in
      try Objective(
        module, of: arguments.of, wrt: arguments.wrt, isArray: isJacobian,
        areSeveral: isJacobian && isSwift)
    }
  }

  /// Writes the derivatives as source.
  private func write(
    _ emission: GradArguments.Emission, of differentiation: Differentiation, _ source: Source
  ) throws(CommandFailure) {
    switch emission {
    case .swift: try writeSwift(differentiation, source)
    case .ir:
      noteUnusedValues()
      try write(differentiation.text(of: .gradient, arguments.swiftStyle, nil))
    }
  }

  /// Writes the derivatives as numbers, or how they compare with other ways to compute them.
  private func writeNumbers(
    _ differentiation: Differentiation, _ source: Source
  ) throws(CommandFailure) {
    let module = differentiation.module
    let data = try arguments.data.source(module)
    // Differences would move what has no value.
    let needed = arguments.checks ? nil : differentiation.objective.needed(arguments.wrt)
    let bindings = try Bindings(
      arguments.bindings, data, module, source, compiler, for: needed)
    if arguments.checks { return try check(differentiation, bindings, source) }
    let run = try commanding { () throws(ProgramFailure) in
      try DerivativeRun(differentiation, bindings)
    }
    if let rows = bindings.rows {
      try write(run, bindings, rowCount: rows.count, source)
    } else {
      try write(run, bindings, source)
    }
  }

  /// Writes the derivatives of one run.
  private func write(
    _ run: borrowing DerivativeRun, _ bindings: Bindings, _ source: Source
  ) throws(CommandFailure) {
    guard arguments.reduction == nil else {
      throw .run("--reduce: no column of the data is bound to a scalar leaf, so there are no rows")
    }
    let derivatives = try commanding { () throws(ProgramFailure) in try run.derivatives(bindings) }
    try write(derivatives)
    blaming(source).blame(derivatives, of: arguments.of, wrt: arguments.wrt, bindings)
  }

  /// Writes the derivatives of each row, or what is made of them.
  private func write(
    _ run: borrowing DerivativeRun, _ bindings: Bindings, rowCount: Int, _ source: Source
  ) throws(CommandFailure) {
    var derivatives: [Derivatives] = []
    try commanding { () throws(ProgramFailure) in
      for row in 0..<rowCount { try derivatives.append(run.derivatives(bindings.row(row))) }
    }
    try write(rows: derivatives)
    let bad = derivatives.firstIndex { row in
      ([row.value] + row.gradient).contains { $0.firstNotFinite != nil }
    }
    guard let row = bad ?? (arguments.traces ? 0 : nil), row < rowCount else { return }
    blaming(source).blame(
      derivatives[row], of: arguments.of, wrt: arguments.wrt, bindings.row(row),
      Blaming.place(row: row))
  }

  private func blaming(_ source: Source) -> Blaming {
    Blaming(
      source: source, compiler: compiler, reporter: reporter, blames: arguments.blames,
      traces: arguments.traces)
  }

  /// Returns what leaves are bound to; nil where nothing was bound and there are not defaults for all.
  private func stageBindings(
    _ module: Module, _ source: Source
  ) throws(CommandFailure) -> Bindings? {
    let data = try arguments.data.source(module)
    do throws(CommandFailure) {
      return try Bindings(arguments.bindings, data, module, source, compiler)
    } catch {
      if try !hasBindings(module) { return nil }
      throw error
    }
  }

  /// Whether the command line binds anything.
  private func hasBindings(_ module: Module) throws(CommandFailure) -> Bool {
    if !arguments.bindings.isEmpty { return true }
    return try !arguments.data.source(module).names.isEmpty
  }

  private func stageTexts(
    _ general: Differentiation, _ source: Source
  ) throws(CommandFailure) -> String {
    var differentiation = general
    let module = general.module
    let bindings = try stageBindings(module, source)
    // What defaults say of sizes is left open.
    if let bindings, try hasBindings(module) {
      differentiation = try commanding { () throws(ProgramFailure) in
        try general.specialized(to: bindings)
      }
    }
    if arguments.stages.contains(.bytecode), !differentiation.problem.function.hasKnownSizes {
      throw .run("the bytecode is made for certain sizes; bind the data that gives them")
    }
    return arguments.stages.map {
      differentiation.text(of: $0, arguments.swiftStyle, bindings?.values)
    }.joined(separator: "\n")
  }

  private func write(_ derivatives: Derivatives) throws(CommandFailure) {
    switch arguments.format {
    case .json: try write(derivatives.json(key))
    case .csv: try write(table(derivatives.shown))
    case .text, .npy: try write(derivatives.text(all: arguments.printsAll))
    }
  }

  private var isJacobian: Bool { arguments.order == .jacobian }

  /// The name of the first derivatives in JSON.
  private var key: String { isJacobian ? "jacobian" : "gradient" }

  private func write(rows: [Derivatives]) throws(CommandFailure) {
    if let reduction = arguments.reduction {
      let factor = reduction == .mean ? 1 / Double(rows.count) : 1
      guard let total = Derivatives.sum(rows, times: factor) else {
        throw .run("there are no rows")
      }
      return try write(total)
    }
    switch arguments.format {
    case .json:
      let entries = rows.map { jsonObject($0.members(key)) }
      let name = rows.first?.of ?? ""
      let list = "[\n\(entries.joined(separator: ",\n"))\n]"
      try write(jsonObject([("of", name.json), ("rows", list)]) + "\n")
    case .csv, .text, .npy:
      guard let first = rows.first else { return }
      var text = first.shown.flatMap(\.columns).map(\.name.csv).joined(separator: ",") + "\n"
      for row in rows {
        text += row.shown.flatMap(\.columns).flatMap(\.values).joined(separator: ",") + "\n"
      }
      try write(text)
    }
  }

  private func stages(before source: Source) -> String {
    let compilation = compiler.compile(source)
    reporter.report(compilation.diagnostics, in: source)
    return arguments.stages.map { stage in
      stage == .tokens ? tokenText(source) : compilation.tree.description
    }.joined(separator: "\n")
  }

  /// Writes the Swift file and, if they are wanted, the tests beside it.
  private func writeSwift(
    _ differentiation: Differentiation, _ source: Source
  ) throws(CommandFailure) {
    let defaults = try swiftDefaults(differentiation.module, source)
    let model = try commanding { () throws(ProgramFailure) in
      try differentiation.checkedForSwift(hasRows: arguments.hasRows)
        .swift(arguments.swiftStyle, defaults: defaults)
    }
    let tests = try tests(of: model, differentiation, source)
    try write(model.text)
    try write(tests)
  }

  private func write(_ text: String) throws(CommandFailure) {
    try arguments.output.write(Array(text.utf8), output, sparing: arguments.source)
  }

  private func check(
    _ differentiation: Differentiation, _ bindings: Bindings, _ source: Source
  ) throws(CommandFailure) {
    let sized = try commanding { () throws(ProgramFailure) in
      try differentiation.specialized(to: bindings)
    }
    let check = GradientCheck(sized, bindings)
    try write(check.text)
    guard check.agrees else { throw .run("the derivatives do not agree") }
  }
}

extension Stage {
  /// Whether the stage exists for a program with mistakes too.
  fileprivate var comesBeforeLowering: Bool { self == .tokens || self == .syntax }
}

extension SourceArgument {
  /// The name of the program's file.
  var fileName: String {
    switch self {
    case .expression: "model"
    case .input(.standardInput): "model"
    case .input(.file(let path)): path
    }
  }
}
