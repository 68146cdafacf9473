#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The most bytes of an input, which an endless device would pass.
let inputSizeLimit = 1 << 30

/// Returns all bytes of `input`.
func readAll(
  _ input: InputFile, limit: Int = inputSizeLimit
) throws(InputFailure) -> [UInt8] {
  let descriptor = try input.openForReading()
  defer { close(descriptor) }
  return try readAll(descriptor: descriptor, name: input.displayName, limit: limit)
}

extension InputFile {
  /// Returns a descriptor of the input, which the caller closes.
  func openForReading() throws(InputFailure) -> Int32 {
    do throws(SystemFailure) {
      switch self {
      case .standardInput: return try uninterrupted { dup(STDIN_FILENO) }
      case .file(let path): return try uninterrupted { open(path, O_RDONLY | O_CLOEXEC) }
      }
    } catch {
      throw self == .standardInput
        ? InputFailure(reading: displayName, error) : InputFailure(opening: displayName, error)
    }
  }
}

/// Returns all bytes that `descriptor` still has, with `name` for errors.
func readAll(
  descriptor: Int32, name: String, limit: Int = inputSizeLimit
) throws(InputFailure) -> [UInt8] {
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count: Int
    do throws(SystemFailure) {
      count = try uninterrupted { read(descriptor, &chunk, chunk.count) }
    } catch {
      throw InputFailure(reading: name, error)
    }
    if count == 0 { return bytes }
    if count > limit - bytes.count { throw .tooLarge(name, limit: limit) }
    bytes += chunk[..<count]
  }
}
