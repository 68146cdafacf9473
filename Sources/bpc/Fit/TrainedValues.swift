import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

/// What the names of a program are bound to, and which of them a training moves.
struct TrainedValues {
  private let arguments: TrainArguments
  private let module: Module
  private let parameters: DataSource
  private let data: DataSource
  private let saved: TrainingState?

  /// Reads the files that `arguments` name; `saved` is what the training goes on from.
  init(
    _ arguments: TrainArguments, _ module: Module, from saved: TrainingState?
  ) throws(CommandFailure) {
    self.arguments = arguments
    self.module = module
    self.saved = saved
    let names = Set(module.leaves.map(\.name))
    parameters = try DataSource(arguments.data.parameters, names: names)
    data = try DataSource(arguments.data.data, names: names)
  }

  /// Returns the names that are trained: those of `--wrt`, or parameters, and free names without data.
  func trainedNames() throws(CommandFailure) -> [String] {
    guard arguments.wrt.isEmpty else {
      for name in arguments.wrt { try checkLeaf(name) }
      return arguments.wrt
    }
    let leaves = module.leaves.filter { leaf in
      leaf.type.isReal && (leaf.kind == .parameter || leaf.kind == .free && !isData(leaf.name))
    }
    guard !leaves.isEmpty else { throw .nothingToTrain(module) }
    return leaves.map(\.name)
  }

  /// Whether a name has values of `--data`, and none that count more.
  private func isData(_ name: String) -> Bool {
    guard !arguments.bindings.contains(where: { $0.name == name }) else { return false }
    return parameters.entry(name) == nil && data.entry(name) != nil
  }

  /// Checks that `name` can be moved if it is a name at all.
  private func checkLeaf(_ name: String) throws(CommandFailure) {
    guard !module.leaves.contains(where: { $0.name == name }),
      module.namedValues.contains(where: { $0.name == name })
    else { return }
    throw .run(
      "--wrt \(name): the program computes '\(name)', and only names that it is given can be trained; "
        + "declare it with 'param \(name) = …'")
  }

  /// Returns what all names are bound to at the start, where `names` can be moved and the data is not empty.
  func bindings(
    _ source: Source, _ compiler: Compiler, moving names: [String]
  ) throws(CommandFailure) -> Bindings {
    var binder = Binder(module, source, compiler)
    try binder.bind(arguments.bindings)
    let bindings = try commanding { () throws(ProgramFailure) in
      try binder.bind(parameters)
      try binder.bind(data)
      try bindSaved(in: &binder, names)
      return try binder.bindings(dataNames: parameters.names + data.names)
    }
    try checkRows(bindings)
    try checkMovable(names, bindings)
    return bindings
  }

  /// Binds those of `names` that nothing says a value of to those of the state, where the training goes on.
  private func bindSaved(in binder: inout Binder, _ names: [String]) throws(ProgramFailure) {
    for saved in saved?.parameters ?? [] where names.contains(saved.name) {
      let leaf = module.leaves.firstIndex { $0.name == saved.name }
      guard let leaf, binder.values[leaf] == nil, !module.leaves[leaf].hasDefault else { continue }
      let place = "\(arguments.files.resumed ?? ""): '\(saved.name)'"
      try binder.bind(leaf, to: saved.tensor, place)
    }
  }

  /// Checks that data which is taken as a whole has elements.
  private func checkRows(_ bindings: Bindings) throws(CommandFailure) {
    for (leaf, value) in zip(module.leaves, bindings.values)
    where value.count == 0 && isData(leaf.name) {
      throw .run("the data has no rows: '\(leaf.name)' is empty")
    }
  }

  /// Checks that none of `names` has a value a row.
  private func checkMovable(_ names: [String], _ bindings: Bindings) throws(CommandFailure) {
    for (leaf, _) in bindings.rows?.columns ?? [] where names.contains(module.leaves[leaf].name) {
      let name = module.leaves[leaf].name
      throw .run(
        "'\(name)' is to be trained, but the data has a column '\(name)' with one value a row; "
          + "declare it with 'input', or name what is trained with --wrt")
    }
  }
}

extension CommandFailure {
  /// Returns the failure of a program in which nothing is left to train.
  fileprivate static func nothingToTrain(_ module: Module) -> CommandFailure {
    let literals = module.leaves.filter { $0.kind == .literal && $0.type.isReal }.map(\.name)
    let names = literals.prefix(10).joined(separator: ",") + (literals.count > 10 ? ",…" : "")
    return .run(
      "there is nothing to train: the data, or the program, says what every name is; "
        + "declare names with 'param', or name some with --wrt\(names.isEmpty ? "" : " \(names)")")
  }
}
