import BPInterp

extension Tensor {
  /// The most dimensions that a file may have, as in NumPy.
  private static let mostDimensions = 64
  /// The most rows that a file may have which holds no elements at all.
  private static let mostEmptyRows = 1 << 20

  /// Reads a file of NumPy's NPY format, versions 1 to 3.
  ///
  /// Elements become the nearest Float64, conditions 0 and 1.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - file: Its name, for errors.
  init(npy bytes: [UInt8], file: String) throws(DataFailure) {
    do throws(NPYHeaderScanner.Failure) {
      self = try Tensor(npy: bytes)
    } catch {
      throw .malformed(file, at: nil, error.problem)
    }
  }

  private init(npy bytes: [UInt8]) throws(NPYHeaderScanner.Failure) {
    let text = try Tensor.headerText(bytes)
    var scanner = NPYHeaderScanner(text)
    let header = try scanner.header()
    guard let element = NPYElement(header.description) else {
      throw .init(
        problem: "the elements are of the type \(header.description.excerptInQuotes), and only "
          + "integers, booleans and 32- and 64-bit floating-point numbers can be read")
    }
    let data = bytes[text.endIndex...]
    try Tensor.check(header, element, dataSize: data.count)
    let values = element.decode(data)
    self.init(
      shape: header.shape,
      values: header.isColumnMajor ? rowMajor(values, shape: header.shape) : values)
  }

  /// Returns the bytes that describe the elements.
  private static func headerText(
    _ bytes: [UInt8]
  ) throws(NPYHeaderScanner.Failure) -> ArraySlice<UInt8> {
    let magic = NPYHeader.magic
    guard bytes.starts(with: magic) else { throw .init(problem: "this is no NPY file") }
    guard bytes.count >= magic.count + 2 else { throw .truncatedHeader }
    let (major, minor) = (bytes[magic.count], bytes[magic.count + 1])
    guard (1...3).contains(major), minor == 0 else {
      throw .init(problem: "version \(major).\(minor) of the NPY format is not known")
    }
    let sizeField = bytes.dropFirst(magic.count + 2).prefix(major == 1 ? 2 : 4)
    guard sizeField.count == (major == 1 ? 2 : 4) else { throw .truncatedHeader }
    let size = sizeField.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard size <= bytes.count - sizeField.endIndex else { throw .truncatedHeader }
    return bytes[sizeField.endIndex..<sizeField.endIndex + size]
  }

  /// Throws unless `dataSize` bytes are exactly those of the elements.
  private static func check(
    _ header: NPYHeader, _ element: NPYElement, dataSize: Int
  ) throws(NPYHeaderScanner.Failure) {
    let shape = header.shape
    guard shape.count <= mostDimensions else {
      throw .init(problem: "the shape has \(shape.count) dimensions, more than \(mostDimensions)")
    }
    // Rows without elements take no bytes, so that the size of the file does not bound them.
    guard let count = count(of: shape), let rows = self.count(of: shape.filter { $0 != 0 }),
      count > 0 || rows <= mostEmptyRows, count <= Int.max / element.size
    else { throw .init(problem: "the shape \(shape) is too large") }
    guard dataSize == count * element.size else {
      throw .init(
        problem: "the shape \(shape) of '\(header.description)' takes \(count * element.size) "
          + "bytes, and there are \(dataSize)")
    }
  }

  /// The tensor as a file of NumPy's NPY format: version 1.0, Float64, row-major.
  var npy: [UInt8] {
    let lengths = shape.count == 1 ? "\(count)," : shape.map(String.init).joined(separator: ", ")
    let text = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(lengths)), }"
    let prefix = NPYHeader.magic + [1, 0]
    let unpadded = prefix.count + 2 + text.utf8.count + 1
    let padding = (NPYHeader.alignment - unpadded % NPYHeader.alignment) % NPYHeader.alignment
    let size = text.utf8.count + padding + 1
    var bytes = prefix + [UInt8(size & 0xFF), UInt8(size >> 8)]
    bytes += Array(text.utf8) + [UInt8](repeating: 0x20, count: padding) + [0x0A]
    bytes.reserveCapacity(bytes.count + 8 * count)
    for value in values {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }
}

extension NPYHeaderScanner.Failure {
  fileprivate static let truncatedHeader = Self(problem: "the file ends within its header")
}

/// Returns `values`, of which the first dimension runs fastest, so that the last one does.
private func rowMajor(_ values: [Double], shape: [Int]) -> [Double] {
  guard shape.count > 1 else { return values }
  var strides = [Int](repeating: 1, count: shape.count)
  for dimension in shape.indices.dropFirst() {
    strides[dimension] = strides[dimension - 1] * shape[dimension - 1]
  }
  var place = [Int](repeating: 0, count: shape.count)
  var source = 0
  return values.indices.map { _ in
    defer { advance(&place, &source, shape, strides) }
    return values[source]
  }
}

/// Moves `place` to the next element in row-major order, and `source` with it.
private func advance(_ place: inout [Int], _ source: inout Int, _ shape: [Int], _ strides: [Int]) {
  for dimension in shape.indices.reversed() {
    place[dimension] += 1
    source += strides[dimension]
    if place[dimension] < shape[dimension] { return }
    source -= strides[dimension] * shape[dimension]
    place[dimension] = 0
  }
}
