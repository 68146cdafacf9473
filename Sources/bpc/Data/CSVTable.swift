#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The columns of numbers that were asked for in a CSV file.
struct CSVTable: Equatable {
  /// A column with its name.
  struct Column: Equatable {
    /// What the header calls it.
    let name: String
    /// The numbers of all rows.
    var values: [Double] = []
  }

  /// The names of all columns of the file, in their order.
  let header: [String]
  /// The columns that were asked for, in the order of the file.
  let columns: [Column]
  /// The number of rows below the header.
  let rowCount: Int

  /// Reads the columns `wanted` of a CSV file, or all if it is nil.
  ///
  /// The first row names the columns. What stands in other columns does not matter, and names that
  /// the file does not have are not missed. The text is not held.
  init(_ input: InputFile, columns wanted: Set<String>? = nil) throws(DataFailure) {
    let descriptor: Int32
    do throws(InputFailure) {
      descriptor = try input.openForReading()
    } catch {
      throw .input(error)
    }
    defer { close(descriptor) }
    let chunks = ChunkedInput(descriptor: descriptor, name: input.displayName)
    try self.init(chunks, columns: wanted)
  }

  /// Reads the columns `wanted` of the CSV file that `input` has, or all if it is nil.
  init(_ input: ChunkedInput, columns wanted: Set<String>? = nil) throws(DataFailure) {
    var reader = CSVReader(try CSVFields(input))
    try reader.readHeader(wanted)
    try reader.readRows()
    header = reader.header
    columns = reader.columns
    rowCount = reader.rowCount
  }
}
