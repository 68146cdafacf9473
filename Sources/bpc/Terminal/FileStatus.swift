#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What the system knows about a file.
struct FileStatus {
  /// The system's record.
  private let record: stat

  /// Reads the record of the file at `path`, links followed, or returns nil if there is none.
  init?(_ path: String) {
    var record = stat()
    guard stat(path, &record) == 0 else { return nil }
    self.record = record
  }

  /// Reads the record of an open file, or returns nil if there is none.
  init?(_ descriptor: Int32) {
    var record = stat()
    guard fstat(descriptor, &record) == 0 else { return nil }
    self.record = record
  }

  /// Whether it is a directory.
  var isDirectory: Bool { record.st_mode & S_IFMT == S_IFDIR }

  /// Whether it is a plain file.
  var isRegular: Bool { record.st_mode & S_IFMT == S_IFREG }

  /// Who may do what with it.
  var permissions: mode_t { record.st_mode & 0o7777 }

  /// Returns whether the two are one file, perhaps under two names.
  func isSame(as other: FileStatus) -> Bool {
    record.st_dev == other.record.st_dev && record.st_ino == other.record.st_ino
  }
}
