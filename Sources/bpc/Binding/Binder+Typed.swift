import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

extension Bindings {
  /// Binds the leaves of `module` by what was typed, by data, or by their defaults.
  ///
  /// - Parameter wanted: the values of the program that are computed, or nil for all: other leaves than
  ///   theirs need not be bound.
  init(
    _ typed: [Binding], _ data: DataSource, _ module: Module, _ source: Source,
    _ compiler: Compiler, for wanted: [Value]? = nil
  ) throws(CommandFailure) {
    var binder = Binder(module, source, compiler)
    try binder.bind(typed)
    self = try commanding { () throws(ProgramFailure) in
      try binder.bind(data)
      return try binder.bindings(dataNames: data.names, for: wanted)
    }
  }
}

extension Binder {
  /// Binds `name=value` and `name=@file.npy`.
  mutating func bind(_ typed: [Binding]) throws(CommandFailure) {
    var seen: Set<String> = []
    for binding in typed {
      guard seen.insert(binding.name).inserted else {
        throw .run("'\(binding.name)' is bound twice")
      }
      let place = "'\(binding.name)=\(binding.text.count > 40 ? "…" : binding.text)'"
      if let leaf = module.leaves.firstIndex(where: { $0.name == binding.name }) {
        let value = try value(binding.text, place)
        try commanding { () throws(ProgramFailure) in try bind(leaf, to: value, place) }
      } else if module.symbols.contains(binding.name) {
        try bindSize(binding, place)
      } else {
        throw CommandFailure(unknown(binding.name))
      }
    }
  }

  private func value(_ text: String, _ place: String) throws(CommandFailure) -> Tensor {
    if text.first == "@" { return try Binder.file(String(text.dropFirst())) }
    if let number = Double(text) { return Tensor(number) }
    guard let value = try constant(text) else {
      throw .run("\(place): this is no number" + (text.contains("[") ? ", and no array" : ""))
    }
    return value
  }

  private func constant(_ text: String) throws(CommandFailure) -> Tensor? {
    try commanding { () throws(ProgramFailure) in try Bindings.constant(text, compiler) }
  }

  private static func file(_ path: String) throws(CommandFailure) -> Tensor {
    do throws(DataFailure) {
      switch try DataFile(.file(path)) {
      case .unnamed(let tensor): return tensor
      case .named(let tensors):
        guard tensors.count == 1 else {
          throw DataFailure.malformed(path, at: nil, "the file has \(tensors.count) names, not one")
        }
        return tensors[0].tensor
      case .table(let table):
        guard table.columns.count == 1 else {
          throw DataFailure.malformed(
            path, at: nil, "the file has \(table.columns.count) columns, not one")
        }
        return Tensor(shape: [table.rowCount], values: table.columns[0].values)
      }
    } catch {
      throw CommandFailure(error)
    }
  }

  private mutating func bindSize(_ binding: Binding, _ place: String) throws(CommandFailure) {
    guard let number = try constant(binding.text), number.isScalar,
      let size = Int(exactly: number.values[0]), size >= 0
    else { throw .run("\(place): '\(binding.name)' is a size: a whole number from 0 on") }
    try commanding { () throws(ProgramFailure) in try set(binding.name, to: size, place) }
  }
}
