import BPInterp

/// A tensor with the name that a file gives it.
struct NamedTensor: Equatable {
  /// The name.
  let name: String
  /// The tensor.
  let tensor: Tensor
}

/// Returns the tensors of a JSON file: an object of names with numbers and nested arrays of numbers.
///
/// What is no number is written `"NaN"`, `"inf"` and `"-inf"`.
///
/// - Parameters:
///   - bytes: The file.
///   - file: Its name, for errors.
func tensors(json bytes: [UInt8], file: String) throws(DataFailure) -> [NamedTensor] {
  do throws(JSONFailure) {
    var reader = JSONReader(bytes)
    return try namedTensors(try reader.document())
  } catch {
    throw error.inFile(file, bytes)
  }
}

/// Returns the tensors that the members of `document` are.
private func namedTensors(_ document: JSONValue) throws(JSONFailure) -> [NamedTensor] {
  guard case .object(let members) = document.content else {
    throw JSONFailure(
      offset: document.offset,
      problem: "\(document.kind) stands where an object of names and numbers is due")
  }
  var tensors: [NamedTensor] = []
  for member in members {
    tensors.append(NamedTensor(name: member.name, tensor: try Tensor(member.value)))
  }
  return tensors
}

extension Tensor {
  /// Creates the tensor that `value`, a number or a nested array of numbers, is.
  init(_ value: JSONValue) throws(JSONFailure) {
    let shape = Tensor.shape(value)
    var values: [Double] = []
    try Tensor.append(value, shape[...], to: &values)
    self.init(shape: shape, values: values)
  }

  /// Returns the shape that the first element of each array gives.
  private static func shape(_ value: JSONValue) -> [Int] {
    var shape: [Int] = []
    var value = value
    while case .array(let elements) = value.content {
      shape.append(elements.count)
      guard let first = elements.first else { break }
      value = first
    }
    return shape
  }

  /// Adds the numbers of `value`, which has to be of `shape`, to `values`.
  private static func append(
    _ value: JSONValue, _ shape: ArraySlice<Int>, to values: inout [Double]
  ) throws(JSONFailure) {
    if case .array(let elements) = value.content {
      guard let count = shape.first else { throw value.ragged("numbers") }
      guard elements.count == count else {
        throw value.ragged("arrays of \(count)", "an array of \(elements.count)")
      }
      for element in elements { try append(element, shape.dropFirst(), to: &values) }
    } else {
      let number = try value.number()
      guard shape.isEmpty else { throw value.ragged("arrays of \(shape[shape.startIndex])") }
      values.append(number)
    }
  }
}

extension JSONValue {
  /// Returns the number that the value is, or that it names.
  fileprivate func number() throws(JSONFailure) -> Double {
    switch content {
    case .number(let number): return number
    case .string("NaN"): return .nan
    case .string("inf"): return .infinity
    case .string("-inf"): return -.infinity
    default: throw JSONFailure(offset: offset, problem: "\(kind) stands where a number is due")
    }
  }

  /// Returns the failure for a value that is not of the shape of those before it.
  fileprivate func ragged(_ expected: String, _ found: String? = nil) -> JSONFailure {
    JSONFailure(
      offset: offset,
      problem: "\(found ?? kind) stands where the elements before it are \(expected)")
  }
}
