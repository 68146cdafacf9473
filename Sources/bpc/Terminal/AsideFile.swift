#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A new file beside a target, whose name it takes once it is complete.
///
/// Each target has one name for it, so that what a killed process left there is found and removed without reading
/// the directory; a lock, which ends with its process, tells that from what another process is writing.
struct AsideFile {
  /// What it is written by; closing it ends the lock.
  let descriptor: Int32
  private let path: String

  /// The most characters of the target's name that are part of its own: names end at 255 bytes.
  private static let longestName = 60

  /// Makes an empty file in the directory of `target`.
  init(beside target: String) throws(SystemFailure) {
    let slash = target.utf8.lastIndex(of: UInt8(ascii: "/"))
    let start = slash.map(target.utf8.index(after:)) ?? target.startIndex
    let name = String(target[start...].unicodeScalars.prefix(AsideFile.longestName))
    var path = "\(target[..<start]).bpc-\(name)"
    AsideFile.removeAbandoned(path)
    while true {
      if let descriptor = try AsideFile.create(path) {
        (self.path, self.descriptor) = (path, descriptor)
        return
      }
      // Another process writes the same target; a few turns find a free random name.
      path = "\(target[..<start]).bpc-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
    }
  }

  /// Gives the file the name `target`, in place of what had it.
  func take(_ target: String) throws(SystemFailure) {
    guard rename(path, target) == 0 else { throw .last }
  }

  /// Removes the file.
  func remove() { unlink(path) }

  /// Makes and locks a file; returns nil where another process has the name.
  private static func create(_ path: String) throws(SystemFailure) -> Int32? {
    let descriptor: Int32
    do throws(SystemFailure) {
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
      descriptor = try uninterrupted { open(path, flags, 0o666) }
    } catch {
      if error.code == EEXIST { return nil }
      throw error
    }
    // Before it was locked it may have been removed as abandoned.
    if lock(descriptor) ?? true, isFile(descriptor, at: path) { return descriptor }
    close(descriptor)
    return nil
  }

  /// Removes the file at `path` unless a process is writing it.
  private static func removeAbandoned(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    if lock(descriptor) ?? false, isFile(descriptor, at: path) { unlink(path) }
    close(descriptor)
  }

  /// Locks a file, and returns whether no other process has; nil where the file system knows no locks.
  private static func lock(_ descriptor: Int32) -> Bool? {
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
    return errno == EWOULDBLOCK ? false : nil
  }

  private static func isFile(_ descriptor: Int32, at path: String) -> Bool {
    guard let own = FileStatus(descriptor), let other = FileStatus(path) else { return false }
    return own.isSame(as: other)
  }
}
