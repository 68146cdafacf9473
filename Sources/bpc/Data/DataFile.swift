import BPInterp

/// The format of a file of numbers.
enum DataFormat: String, CaseIterable {
  /// Columns with names.
  case csv
  /// Names with numbers and nested arrays.
  case json
  /// An array without a name.
  case npy

  /// Creates the format that the name of `input` shows; standard input is CSV.
  init(_ input: InputFile) throws(DataFailure) {
    guard case .file(let path) = input else {
      self = .csv
      return
    }
    let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard let format = ending == "tsv" ? .csv : DataFormat(rawValue: ending) else {
      throw .malformed(
        path, at: nil, "the name does not show the format; it ends in .csv, .tsv, .json or .npy")
    }
    self = format
  }
}

/// What a file of numbers holds.
enum DataFile: Equatable {
  /// Columns of numbers, whose rows belong together.
  case table(CSVTable)
  /// Tensors with names.
  case named([NamedTensor])
  /// A tensor without a name.
  case unnamed(Tensor)

  /// Reads `input`, of a table only the columns `wanted`, or all if it is nil.
  init(
    _ input: InputFile, format: DataFormat? = nil, columns wanted: Set<String>? = nil
  ) throws(DataFailure) {
    let name = input.displayName
    let format = if let format { format } else { try DataFormat(input) }
    switch format {
    case .csv: self = .table(try CSVTable(input, columns: wanted))
    case .json: self = .named(try tensors(json: try DataFile.bytes(input), file: name))
    case .npy: self = .unnamed(try Tensor(npy: try DataFile.bytes(input), file: name))
    }
  }

  private static func bytes(_ input: InputFile) throws(DataFailure) -> [UInt8] {
    do throws(InputFailure) { return try readAll(input) } catch { throw .input(error) }
  }
}
