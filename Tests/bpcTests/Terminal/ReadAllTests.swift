import Testing

@testable import bpc

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Reading whole inputs.
struct ReadAllTests {
  /// A file comes as it is, and an empty one as nothing.
  @Test func files() throws {
    let directory = TemporaryDirectory()
    #expect(try readAll(.file(directory.file("a", "f = x\n"))) == Array("f = x\n".utf8))
    #expect(try readAll(.file(directory.file("b"))) == [])
  }

  /// A pipe is read to its end, over many pieces.
  @Test func pipes() throws {
    let stream = try #require(popen("for i in 1 2 3; do printf a; sleep 0.05; done", "r"))
    #expect(try readAll(descriptor: fileno(stream), name: "pipe") == Array("aaa".utf8))
    #expect(pclose(stream) == 0)
    let many = try #require(popen("head -c 300000 /dev/zero", "r"))
    #expect(try readAll(descriptor: fileno(many), name: "pipe").count == 300_000)
    #expect(pclose(many) == 0)
  }

  /// What cannot be read is told apart.
  @Test func failures() {
    let directory = TemporaryDirectory()
    let file = directory.file("file", "1234")
    let missing = "\(directory.path)/missing"
    #expect(throws: InputFailure.missing(missing)) { try readAll(.file(missing)) }
    #expect(throws: InputFailure.missing(file + "/x")) { try readAll(.file(file + "/x")) }
    #expect(throws: InputFailure.isDirectory(directory.path)) {
      try readAll(.file(directory.path))
    }
    #expect(throws: InputFailure.tooLarge(file, limit: 3)) { try readAll(.file(file), limit: 3) }
    #expect(throws: InputFailure.tooLarge("/dev/zero", limit: 99)) {
      try readAll(.file("/dev/zero"), limit: 99)
    }
    #expect(throws: InputFailure.reading("nowhere", SystemFailure(code: EBADF))) {
      try readAll(descriptor: -1, name: "nowhere")
    }
    #expect(throws: Never.self) { try readAll(.file(file), limit: 4) }
  }

  /// A file that is forbidden is unreadable, unless one is root.
  @Test(.enabled(if: geteuid() != 0)) func forbidden() {
    let directory = TemporaryDirectory()
    let file = directory.file("file")
    chmod(file, 0)
    #expect(throws: InputFailure.unreadable(file, SystemFailure(code: EACCES))) {
      try readAll(.file(file))
    }
  }

  /// What is said, and the exit code.
  @Test(arguments: [
    (InputFailure.missing("m.bp"), "there is no such file", ExitCode.noInput),
    (.isDirectory("m.bp"), "it is a directory", .noInput),
    (.unreadable("m.bp", SystemFailure(code: EACCES)), "Permission denied", .noInput),
    (.tooLarge("m.bp", limit: 9), "more than 9 bytes", .noInput),
    (.reading("m.bp", SystemFailure(code: EIO)), "Input/output error", .inputOutput),
  ])
  func messages(_ failure: InputFailure, _ reason: String, _ code: ExitCode) {
    #expect(failure.message == "cannot read 'm.bp': \(reason)")
    #expect(failure.exitCode == code)
  }

  /// The exit codes are those of sysexits(3).
  @Test func exitCodes() {
    #expect(ExitCode.allCases.map(\.rawValue) == [0, 1, 64, 66, 70, 73, 74, 130, 141, 143])
  }
}
