#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Standard output, or another descriptor, with a buffer.
///
/// The first failure is kept, nothing is written after it, and `finish` reports it: so writing needs
/// no `try`, and a long run may ask `failure` from time to time.
final class BufferedOutput {
  /// Where the bytes go.
  private let descriptor: Int32
  /// The bytes that were not written yet.
  private var buffer: [UInt8] = []
  /// The number of bytes that are collected before they are written.
  private let capacity: Int
  /// The first failure.
  private(set) var failure: OutputFailure?

  /// Creates a buffer before `descriptor`.
  init(descriptor: Int32 = STDOUT_FILENO, capacity: Int = 1 << 16) {
    self.descriptor = descriptor
    self.capacity = capacity
  }

  /// Writes `bytes`, now or later.
  func write(contentsOf bytes: some Sequence<UInt8>) {
    guard failure == nil else { return }
    buffer.append(contentsOf: bytes)
    if buffer.count >= capacity { flush() }
  }

  /// Writes now what was not written yet.
  func flush() {
    defer { buffer.removeAll(keepingCapacity: true) }
    guard failure == nil, !buffer.isEmpty else { return }
    do throws(SystemFailure) {
      try writeBuffer()
    } catch {
      failure = error.code == EPIPE ? .brokenPipe : .writing(to: nil, error)
    }
  }

  /// Writes what was not written yet, and throws the first failure of all writing.
  func finish() throws(OutputFailure) {
    flush()
    if let failure { throw failure }
  }

  /// Writes the buffer.
  private func writeBuffer() throws(SystemFailure) {
    var failure: SystemFailure?
    buffer.withUnsafeBytes { bytes in
      do throws(SystemFailure) { try writeAll(bytes, to: descriptor) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}

extension BufferedOutput: TextOutputStream {
  /// Writes `text`, now or later.
  func write(_ text: String) { write(contentsOf: text.utf8) }
}
