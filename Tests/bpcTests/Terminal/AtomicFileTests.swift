import Testing

@testable import bpc

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Writing output files.
struct AtomicFileTests {
  /// A new file has the usual permissions and is alone in its directory.
  @Test func newFile() throws {
    let directory = TemporaryDirectory()
    _ = shell(": > '\(directory.path)/usual'")
    try writeFile(Array("text".utf8), to: "\(directory.path)/new")
    #expect(directory.text(of: "new") == "text")
    #expect(directory.permissions(of: "new") == directory.permissions(of: "usual"))
    #expect(directory.names == ["new", "usual"])
  }

  /// A file that is replaced keeps its permissions, and a link to it stays a link.
  @Test func replacedFile() throws {
    let directory = TemporaryDirectory()
    let file = directory.file("old", "a longer text than the new one")
    chmod(file, 0o640)
    symlink("old", "\(directory.path)/link")
    try writeFile(Array("short".utf8), to: "\(directory.path)/link")
    #expect(directory.text(of: "old") == "short")
    #expect(directory.permissions(of: "old") == "640")
    #expect(shell("readlink '\(directory.path)/link'").output == "old\n")
    #expect(directory.names == ["link", "old"])
  }

  /// A reader of the old file keeps it: the new one is another file.
  @Test func isAtomic() throws {
    let directory = TemporaryDirectory()
    let file = directory.file("file", "old")
    let descriptor = open(file, O_RDONLY)
    defer { close(descriptor) }
    try writeFile(Array("new".utf8), to: file)
    #expect(try readAll(descriptor: descriptor, name: "old") == Array("old".utf8))
    #expect(directory.text(of: "file") == "new")
  }

  /// What a killed process left beside a file goes when that file is written again, also where its name is long.
  @Test(arguments: ["state.json", String(repeating: "ü", count: 127)])
  func abandonedFiles(_ name: String) throws {
    let directory = TemporaryDirectory()
    let path = "\(directory.path)/\(name)"
    // The lock ends as the file is closed, which is what the end of its process does.
    close(try AsideFile(beside: path).descriptor)
    let left = directory.names
    #expect(left.count == 1 && left[0].hasPrefix(".bpc-"))
    try writeFile(Array("text".utf8), to: path)
    #expect(directory.names == [name])
    #expect(directory.text(of: name) == "text")
  }

  /// What another process is writing beside the same file stays, and both come to their end.
  @Test func twoWriters() throws {
    let directory = TemporaryDirectory()
    let path = "\(directory.path)/file"
    let slow = try AsideFile(beside: path)
    try writeFile(Array("fast".utf8), to: path)
    #expect(directory.names == [".bpc-file", "file"])
    #expect(directory.text(of: "file") == "fast")
    try slow.take(path)
    close(slow.descriptor)
    #expect(directory.names == ["file"])
    #expect(directory.text(of: "file") == "")
  }

  /// Many processes and threads write one file: it is always one of their texts, whole, and nothing else is left.
  @Test func manyWriters() async throws {
    let directory = TemporaryDirectory()
    let path = "\(directory.path)/file"
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          for _ in 0..<30 {
            let text = String(repeating: "\(number)", count: 5000)
            #expect(throws: Never.self) { try writeFile(Array(text.utf8), to: path) }
          }
        }
      }
    }
    let text = directory.text(of: "file")
    #expect(text.count == 5000 && Set(text).count == 1)
    #expect(directory.names == ["file"])
  }

  /// A link where the file beside the target would be is not followed.
  @Test func linksBeside() throws {
    let directory = TemporaryDirectory()
    _ = directory.file("victim", "old")
    symlink("victim", "\(directory.path)/.bpc-file")
    try writeFile(Array("new".utf8), to: "\(directory.path)/file")
    #expect(directory.text(of: "victim") == "old")
    #expect(directory.text(of: "file") == "new")
  }

  /// An input is not replaced, whatever it is called.
  @Test func inputs() {
    let directory = TemporaryDirectory()
    let file = directory.file("model.bp", "f = x")
    symlink("model.bp", "\(directory.path)/link")
    link(file, "\(directory.path)/other")
    for name in ["model.bp", "link", "other", "../\(directory.lastName)/model.bp"] {
      let path = "\(directory.path)/\(name)"
      #expect(throws: OutputFailure.isInput(path)) {
        try writeFile([], to: path, sparing: ["missing", file])
      }
    }
    #expect(directory.text(of: "model.bp") == "f = x")
    #expect(directory.names == ["link", "model.bp", "other"])
  }

  /// A file that cannot be made leaves nothing behind.
  @Test func failures() {
    let directory = TemporaryDirectory()
    let nowhere = "\(directory.path)/missing/file"
    #expect(throws: OutputFailure.creating(nowhere, SystemFailure(code: ENOENT))) {
      try writeFile([1], to: nowhere)
    }
    #expect(throws: OutputFailure.isDirectory(directory.path)) {
      try writeFile([1], to: directory.path)
    }
    let long = "\(directory.path)/\(String(repeating: "n", count: 300))"
    #expect(throws: OutputFailure.creating(long, SystemFailure(code: ENAMETOOLONG))) {
      try writeFile([1], to: long)
    }
    #expect(directory.names == [])
  }

  /// A file that may not be written is not replaced, unless one is root.
  @Test(.enabled(if: geteuid() != 0)) func forbidden() {
    let directory = TemporaryDirectory()
    let file = directory.file("file", "old")
    chmod(file, 0o444)
    #expect(throws: OutputFailure.creating(file, SystemFailure(code: EACCES))) {
      try writeFile([1], to: file)
    }
    #expect(directory.text(of: "file") == "old")
  }

  /// A device is written to as it is.
  @Test func devices() throws {
    try writeFile([1, 2, 3], to: "/dev/null", sparing: ["/dev/null"])
    #expect(shell("test -c /dev/null").code == 0)
  }

  /// A full disk is told apart from a file that cannot be made.
  @Test(.enabled(if: access("/dev/full", W_OK) == 0)) func fullDisk() {
    let failure = OutputFailure.writing(to: "/dev/full", SystemFailure(code: ENOSPC))
    #expect(throws: failure) { try writeFile([1], to: "/dev/full") }
    #expect(failure.exitCode == .inputOutput)
  }

  /// What is said, and the exit code.
  @Test(arguments: [
    (OutputFailure.isInput("o"), "cannot write to 'o': it is an input", ExitCode.cannotCreate),
    (.isDirectory("o"), "cannot write to 'o': it is a directory", .cannotCreate),
    (
      .creating("o", SystemFailure(code: EACCES)), "cannot create 'o': Permission denied",
      .cannotCreate
    ),
    (
      .writing(to: "o", SystemFailure(code: EIO)), "cannot write to 'o': Input/output error",
      .inputOutput
    ),
  ])
  func messages(_ failure: OutputFailure, _ message: String, _ code: ExitCode) {
    #expect(failure.message == message)
    #expect(failure.exitCode == code)
  }
}

extension TemporaryDirectory {
  /// The last part of the path.
  fileprivate var lastName: String { path.split(separator: "/").last.map(String.init) ?? "" }
}
