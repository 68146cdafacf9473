import BPIR

/// The files that values come from.
struct DataArguments: Equatable, Sendable {
  /// Files of parameters, which count more than data.
  let parameters: [String]
  /// Files of data.
  let data: [String]

  /// Creates what `arguments` name.
  init(_ arguments: GatheredArguments) {
    parameters = arguments.values("params")
    data = arguments.values("data")
  }

  /// Reads what the files have of the leaves of `module`.
  func source(_ module: Module) throws(CommandFailure) -> DataSource {
    if parameters.isEmpty, data.isEmpty { return .none }
    return try DataSource(parameters + data, names: Set(module.leaves.map(\.name)))
  }
}

/// What is made of the derivatives of rows.
enum RowReduction: String, CaseIterable, Sendable {
  /// Their sum.
  case sum
  /// Their mean.
  case mean
}
