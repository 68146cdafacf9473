import BPIR
import BPInterp
import BackpropCompiler

extension Binder {
  /// Binds the leaves that were not typed by what the files have of their names.
  mutating func bind(_ data: DataSource) throws(ProgramFailure) {
    for (index, leaf) in module.leaves.enumerated() where values[index] == nil {
      guard let entry = data.entry(leaf.name) else { continue }
      let place = "\(entry.file): '\(leaf.name)'"
      switch entry.content {
      case .tensor(let tensor): try bind(index, to: tensor, place)
      case .column(let column) where leaf.type.isScalar && columnsAreRows(leaf):
        bind(index, toRows: column)
        try checkWhole(leaf, column, place)
      case .column(let column):
        try bind(index, to: Tensor(shape: [column.count], values: column), place)
      }
    }
  }

  /// Literal-bound names keep what the program says.
  private func columnsAreRows(_ leaf: Leaf) -> Bool { leaf.kind != .literal }
}
