#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Writes `bytes` to the file at `path`, which appears, or changes, only when they are complete.
///
/// They are written to a new file in the same directory, which then takes the name. A link is
/// followed, the permissions of a file that is replaced are kept, and a device or pipe is written
/// to as it is.
///
/// - Parameter inputs: The paths of files that must not be replaced.
func writeFile(
  _ bytes: [UInt8], to path: String, sparing inputs: [String] = []
) throws(OutputFailure) {
  let existing = FileStatus(path)
  if existing?.isDirectory == true { throw .isDirectory(path) }
  guard let existing else { return try writeAside(bytes, to: path, named: path, permissions: nil) }
  guard existing.isRegular else { return try writeInPlace(bytes, to: path) }
  if inputs.contains(where: { FileStatus($0)?.isSame(as: existing) == true }) {
    throw .isInput(path)
  }
  guard access(path, W_OK) == 0 else { throw .creating(path, .last) }
  let target = resolved(path) ?? path
  try writeAside(bytes, to: target, named: path, permissions: existing.permissions)
}

/// Writes `bytes` to a new file beside `target`, which is then given that name.
private func writeAside(
  _ bytes: [UInt8], to target: String, named path: String, permissions: mode_t?
) throws(OutputFailure) {
  let (temporary, descriptor) = try createBeside(target, named: path)
  do throws(OutputFailure) {
    if let permissions { fchmod(descriptor, permissions) }
    try write(bytes, to: descriptor, named: path)
    guard rename(temporary, target) == 0 else { throw .creating(path, .last) }
  } catch {
    unlink(temporary)
    throw error
  }
}

/// Makes a new file in the directory of `target`, and returns its path and descriptor.
private func createBeside(
  _ target: String, named path: String
) throws(OutputFailure) -> (path: String, descriptor: Int32) {
  let slash = target.utf8.lastIndex(of: UInt8(ascii: "/"))
  let directory = slash.map { target[...$0] } ?? ""
  while true {
    let temporary = "\(directory).bpc-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
    do throws(SystemFailure) {
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
      return (temporary, try uninterrupted { open(temporary, flags, 0o666) })
    } catch {
      // Names are random, so a few turns find a free one.
      if error.code != EEXIST { throw .creating(path, error) }
    }
  }
}

/// Writes `bytes` to the device or pipe at `path`.
private func writeInPlace(_ bytes: [UInt8], to path: String) throws(OutputFailure) {
  let descriptor: Int32
  do throws(SystemFailure) {
    descriptor = try uninterrupted { open(path, O_WRONLY | O_CLOEXEC) }
  } catch {
    throw .creating(path, error)
  }
  try write(bytes, to: descriptor, named: path)
}

/// Writes `bytes` to `descriptor`, makes them safe on the disk, and closes it.
private func write(
  _ bytes: [UInt8], to descriptor: Int32, named path: String
) throws(OutputFailure) {
  var failure: SystemFailure?
  bytes.withUnsafeBytes { bytes in
    do throws(SystemFailure) { try writeAll(bytes, to: descriptor) } catch { failure = error }
  }
  // Devices and pipes cannot be synchronized, which is no failure.
  if failure == nil, fsync(descriptor) != 0, ![EINVAL, ENOTSUP, EROFS].contains(errno) {
    failure = .last
  }
  if close(descriptor) != 0, failure == nil, errno != EINTR { failure = .last }
  if let failure { throw failure.code == EPIPE ? .brokenPipe : .writing(to: path, failure) }
}

/// Returns the path of the file itself, if `path` leads to it over links.
private func resolved(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}
