/// The reading of the numbers of a CSV file.
struct CSVReader {
  private var fields: CSVFields
  /// The names of all columns.
  private(set) var header: [String] = []
  /// The columns that were asked for.
  private(set) var columns: [CSVTable.Column] = []
  /// The number of rows that were read.
  private(set) var rowCount = 0
  /// The place of each column of the file among those that were asked for, or -1.
  private var places: [Int] = []

  /// Creates the reading of `fields`.
  init(_ fields: CSVFields) { self.fields = fields }

  /// Reads the first row, which names the columns.
  mutating func readHeader(_ wanted: Set<String>?) throws(DataFailure) {
    var line = 1
    while let field = try fields.next() {
      if header.isEmpty, field.isBlankLine { continue }
      line = field.line
      header.append(try name(field))
      if field.endsRow { break }
    }
    guard !header.isEmpty else { throw .malformed(fields.input.name, at: nil, "the file is empty") }
    guard Set(header).count == header.count else { throw failure(line, repeatedName) }
    for name in header {
      let isWanted = wanted?.contains(name) ?? true
      places.append(isWanted ? columns.count : -1)
      if isWanted { columns.append(CSVTable.Column(name: name)) }
    }
  }

  /// Returns the name of the column that is next in the header.
  private func name(_ field: CSVField) throws(DataFailure) -> String {
    let bytes = fields.input.bytes[field.content]
    let name = String(decoding: bytes, as: UTF8.self)
    guard name.utf8.elementsEqual(bytes), !bytes.contains(0) else {
      throw failure(field.line, "the header is not UTF-8 text")
    }
    guard !name.isEmpty else {
      throw failure(field.line, "column \(header.count + 1) has no name")
    }
    return field.isQuoted ? name.withoutDoubledQuotes : name
  }

  private var repeatedName: String {
    var seen: Set<String> = []
    let name = header.first { !seen.insert($0).inserted } ?? ""
    return "two columns have the name \(name.excerptInQuotes)"
  }

  /// Reads the rows below the header.
  mutating func readRows() throws(DataFailure) {
    var blankLine: Int?
    while let field = try fields.next() {
      if field.isBlankLine {
        blankLine = blankLine ?? field.line
        continue
      }
      if let blankLine { throw failure(blankLine, "the line is empty, and rows follow") }
      try readRow(field)
      rowCount += 1
    }
  }

  /// Reads the row that begins with the field `first`.
  private mutating func readRow(_ first: CSVField) throws(DataFailure) {
    var field = first
    var column = 0
    while true {
      if column < places.count, places[column] >= 0 { try append(field, column) }
      column += 1
      if field.endsRow { break }
      guard let next = try fields.next() else { break }
      field = next
    }
    if column != places.count { throw wrongCount(column, first.line) }
  }

  /// Adds the number in `field` to the column that is numbered `column` in the file.
  @inline(__always)
  private mutating func append(_ field: CSVField, _ column: Int) throws(DataFailure) {
    let range = fields.trimmed(field.content)
    guard let number = dataNumber(fields.input.bytes, range) else { throw noNumber(field, column) }
    columns[places[column]].values.append(number)
  }
}

extension CSVReader {
  private func failure(_ line: Int, _ problem: String) -> DataFailure {
    .malformed(fields.input.name, at: .init(line: line), problem)
  }

  /// Returns the failure for a field that is not what its column needs.
  private func noNumber(_ field: CSVField, _ column: Int) -> DataFailure {
    let bytes = fields.input.bytes
    let text = String(decoding: bytes[field.content], as: UTF8.self).excerptInQuotes
    let problem =
      fields.trimmed(field.content).isEmpty
      ? "the field is empty" : "\(text) \(complaint(bytes, fields.trimmed(field.content)))"
    return failure(field.line, "column \(header[column].excerptInQuotes): \(problem)")
  }

  /// Returns the failure for a row of `count` fields.
  private func wrongCount(_ count: Int, _ line: Int) -> DataFailure {
    let fields = count == 1 ? "1 field" : "\(count) fields"
    return failure(
      line,
      count < header.count
        ? "column \(header[count].excerptInQuotes): the field is missing, the row has only \(fields)"
        : "the row has \(fields), and the header names \(header.count)")
  }
}

extension CSVField {
  /// Whether the row has nothing but this field, and this has nothing, if it begins a row.
  fileprivate var isBlankLine: Bool { endsRow && !isQuoted && content.isEmpty }
}

extension String {
  /// The text with one quote in place of two.
  fileprivate var withoutDoubledQuotes: String {
    var result = ""
    var isSecond = false
    for scalar in unicodeScalars {
      isSecond = scalar == "\"" && !isSecond
      if scalar != "\"" || isSecond { result.unicodeScalars.append(scalar) }
    }
    return result
  }
}
