#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The bytes of a descriptor, of which only those are held that are still looked at.
struct ChunkedInput {
  /// What errors call the input.
  let name: String
  /// Memory for bytes, those at hand from `start` to `end`.
  private(set) var bytes: [UInt8]
  /// The first byte that is still looked at.
  var start = 0
  /// The end of the bytes at hand.
  private(set) var end = 0
  /// Whether the bytes at hand are the last ones.
  private(set) var isExhausted = false
  /// Where the bytes come from.
  private let descriptor: Int32

  /// Creates the input that `descriptor` still has, of which `chunkSize` bytes are read at a time.
  init(descriptor: Int32, name: String, chunkSize: Int = 1 << 18) {
    self.descriptor = descriptor
    self.name = name
    bytes = [UInt8](repeating: 0, count: max(chunkSize, 1))
  }

  /// Reads more bytes behind those at hand, which move to the front of the memory, and returns
  /// whether there were any.
  mutating func readMore() throws(InputFailure) -> Bool {
    if isExhausted { return false }
    moveToFront()
    if end == bytes.count { bytes += [UInt8](repeating: 0, count: bytes.count) }
    let count: Int
    do throws(SystemFailure) {
      let (descriptor, end) = (descriptor, end)
      count = try uninterrupted {
        bytes.withUnsafeMutableBytes { buffer in
          let room = UnsafeMutableRawBufferPointer(rebasing: buffer[end...])
          return read(descriptor, room.baseAddress, room.count)
        }
      }
    } catch {
      throw InputFailure(reading: name, error)
    }
    end += count
    isExhausted = count == 0
    return count > 0
  }

  /// Moves the bytes at hand to the front of the memory.
  private mutating func moveToFront() {
    guard start > 0 else { return }
    let (start, count) = (start, end - start)
    bytes.withUnsafeMutableBytes { buffer in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<start + count]))
    }
    self.start = 0
    end = count
  }
}
