#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Writes all of `bytes` to `descriptor`, however many calls that takes.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws(SystemFailure) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let chunk = UnsafeRawBufferPointer(rebasing: rest)
    do throws(SystemFailure) {
      rest = rest.dropFirst(try uninterrupted { write(descriptor, chunk.baseAddress, chunk.count) })
    } catch {
      guard error.isTemporary else { throw error }
      waitUntilWritable(descriptor)
    }
  }
}

/// Writes `text` to standard error at once.
///
/// Nobody can be told when that fails.
func writeToStandardError(_ text: String) {
  var text = text
  text.withUTF8 { try? writeAll(UnsafeRawBufferPointer($0), to: STDERR_FILENO) }
}

/// Waits until a descriptor that does not block takes more bytes.
private func waitUntilWritable(_ descriptor: Int32) {
  var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
  _ = poll(&request, 1, -1)
}

extension SystemFailure {
  /// Whether the descriptor does not block, and has no room now.
  fileprivate var isTemporary: Bool { code == EAGAIN || code == EWOULDBLOCK }
}
