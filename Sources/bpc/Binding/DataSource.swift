import BPInterp

/// The files that values come from, those that count more first.
struct DataSource {
  private var files: [(name: String, content: DataFile)] = []

  /// No file.
  static let none = DataSource()

  /// What a file has of a name.
  struct Entry {
    let file: String
    let content: Content

    /// An array of its own, or a column of a table.
    enum Content {
      case tensor(Tensor)
      case column([Double])
    }
  }

  private init() {}

  /// Reads the files at `paths`; of a table only the columns that `names` asks for.
  init(_ paths: [String], names: Set<String>) throws(CommandFailure) {
    do throws(DataFailure) {
      for path in paths {
        let input = InputFile(argument: path)
        files.append((input.displayName, try DataFile(input, columns: names)))
      }
    } catch {
      throw CommandFailure(error)
    }
    for case (let name, .unnamed) in files {
      throw .run("\(name): an NPY file has no names; bind it with name=@\(name)")
    }
  }

  /// Returns what the first file that has it says of `name`.
  func entry(_ name: String) -> Entry? {
    for (file, content) in files {
      switch content {
      case .named(let tensors):
        guard let found = tensors.first(where: { $0.name == name }) else { continue }
        return Entry(file: file, content: .tensor(found.tensor))
      case .table(let table):
        guard let found = table.columns.first(where: { $0.name == name }) else { continue }
        return Entry(file: file, content: .column(found.values))
      case .unnamed: continue
      }
    }
    return nil
  }

  /// The names that the files have.
  var names: [String] {
    files.flatMap { file in
      switch file.content {
      case .named(let tensors): tensors.map(\.name)
      case .table(let table): table.header
      case .unnamed: [String]()
      }
    }
  }
}
