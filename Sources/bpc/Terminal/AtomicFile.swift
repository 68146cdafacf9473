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
  guard let existing = try replaceable(path, sparing: inputs) else {
    return try writeAside(bytes, to: path, named: path, permissions: nil)
  }
  guard existing.isRegular else { return try writeInPlace(bytes, to: path) }
  let target = resolved(path) ?? path
  try writeAside(bytes, to: target, named: path, permissions: existing.permissions)
}

/// Checks that `writeFile` would find a place for bytes, which it makes and removes again.
///
/// - Parameter inputs: The paths of files that must not be replaced.
func checkWritable(_ path: String, sparing inputs: [String] = []) throws(OutputFailure) {
  let existing = try replaceable(path, sparing: inputs)
  guard existing?.isRegular ?? true else { return }
  do throws(SystemFailure) {
    let file = try AsideFile(beside: resolved(path) ?? path)
    file.remove()
    close(file.descriptor)
  } catch {
    throw .creating(path, error)
  }
}

/// Returns what is at `path` and may be replaced or written to; nil where there is nothing.
private func replaceable(
  _ path: String, sparing inputs: [String]
) throws(OutputFailure) -> FileStatus? {
  guard let existing = FileStatus(path) else { return nil }
  if existing.isDirectory { throw .isDirectory(path) }
  guard existing.isRegular else { return existing }
  if inputs.contains(where: { FileStatus($0)?.isSame(as: existing) == true }) {
    throw .isInput(path)
  }
  guard access(path, W_OK) == 0 else { throw .creating(path, .last) }
  return existing
}

/// Writes `bytes` to a new file beside `target`, which is then given that name.
private func writeAside(
  _ bytes: [UInt8], to target: String, named path: String, permissions: mode_t?
) throws(OutputFailure) {
  let file: AsideFile
  do throws(SystemFailure) {
    file = try AsideFile(beside: target)
  } catch {
    throw .creating(path, error)
  }
  // Not before it has its name: until then nobody else may take it for abandoned.
  defer { close(file.descriptor) }
  do throws(OutputFailure) {
    if let permissions { fchmod(file.descriptor, permissions) }
    try write(bytes, to: file.descriptor, named: path)
    do throws(SystemFailure) { try file.take(target) } catch { throw .creating(path, error) }
  } catch {
    file.remove()
    throw error
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
  defer { close(descriptor) }
  try write(bytes, to: descriptor, named: path)
}

/// Writes `bytes` to `descriptor`, and makes them safe on the disk.
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
  if let failure { throw failure.code == EPIPE ? .brokenPipe : .writing(to: path, failure) }
}

/// Returns the path of the file itself, if `path` leads to it over links.
private func resolved(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}
