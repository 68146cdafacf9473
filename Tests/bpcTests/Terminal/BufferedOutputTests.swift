import Testing

@testable import bpc

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Writing to descriptors.
struct BufferedOutputTests {
  /// Bytes stay in the buffer until it is full, flushed or finished.
  @Test func buffering() throws {
    let directory = TemporaryDirectory()
    let descriptor = open(directory.file("out"), O_WRONLY)
    defer { close(descriptor) }
    var output = BufferedOutput(descriptor: descriptor, capacity: 8)
    output.write("1234567")
    #expect(directory.text(of: "out") == "")
    output.write("é")
    #expect(directory.text(of: "out") == "1234567é")
    output.write("more")
    #expect(directory.text(of: "out") == "1234567é")
    output.flush()
    #expect(directory.text(of: "out") == "1234567émore")
    print("x", 1, to: &output)
    try output.finish()
    #expect(directory.text(of: "out") == "1234567émorex 1\n")
  }

  /// A megabyte goes through a pipe that does not block and whose reader is slow.
  @Test func partialWrites() throws {
    let directory = TemporaryDirectory()
    let pipe = try #require(popen("sleep 0.2; wc -c > '\(directory.path)/count'", "w"))
    let descriptor = fileno(pipe)
    #expect(fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0)
    let output = BufferedOutput(descriptor: descriptor)
    output.write(contentsOf: [UInt8](repeating: 65, count: 1 << 20))
    try output.finish()
    #expect(pclose(pipe) == 0)
    #expect(directory.text(of: "count").contains("1048576"))
  }

  /// When the reader is gone and SIGPIPE is ignored, there is a failure that needs no message.
  @Test func brokenPipe() {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    let output = BufferedOutput(descriptor: ends[1])
    output.write("lost")
    #expect(throws: OutputFailure.brokenPipe) { try output.finish() }
    #expect(OutputFailure.brokenPipe.message == nil)
    #expect(OutputFailure.brokenPipe.exitCode.rawValue == 141)
  }

  /// A full disk is a failure, the first one is kept, and nothing is written after it.
  @Test(.enabled(if: access("/dev/full", W_OK) == 0)) func fullDisk() {
    let descriptor = open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    let output = BufferedOutput(descriptor: descriptor)
    output.write("lost")
    #expect(output.failure == nil)
    output.flush()
    let failure = OutputFailure.writing(to: nil, SystemFailure(code: ENOSPC))
    #expect(output.failure == failure)
    output.write("ignored")
    #expect(throws: failure) { try output.finish() }
    #expect(failure.message == "cannot write to standard output: No space left on device")
    #expect(failure.exitCode == .inputOutput)
  }

  /// A descriptor that is closed is a failure only if something is written.
  @Test func closedDescriptor() throws {
    try BufferedOutput(descriptor: -1).finish()
    let output = BufferedOutput(descriptor: -1)
    output.write("lost")
    #expect(throws: OutputFailure.writing(to: nil, SystemFailure(code: EBADF))) {
      try output.finish()
    }
  }

  /// A signal that interrupts a call is no failure.
  @Test func interruption() throws {
    var calls = 0
    let result = try uninterrupted { () -> Int in
      calls += 1
      errno = EINTR
      return calls < 3 ? -1 : 7
    }
    #expect(result == 7)
    #expect(calls == 3)
    #expect(throws: SystemFailure(code: EIO)) {
      try uninterrupted { () -> Int in
        errno = EIO
        return -1
      }
    }
  }
}
