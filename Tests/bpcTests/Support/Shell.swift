#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Runs `script` in the system's shell, and returns what it printed and its exit code.
func shell(_ script: String) -> (output: String, code: Int32) {
  guard let stream = popen(script, "r") else { return ("", -1) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 4096)
  while case let count = fread(&chunk, 1, chunk.count, stream), count > 0 {
    bytes += chunk[..<count]
  }
  let status = pclose(stream)
  return (String(decoding: bytes, as: UTF8.self), status & 0x7F == 0 ? status >> 8 : -1)
}

/// Returns whether the program `name` is installed.
func isInstalled(_ name: String) -> Bool { shell("command -v \(name) >/dev/null").code == 0 }

/// A directory that goes away with this value.
final class TemporaryDirectory {
  /// The path, without a slash at its end.
  let path: String

  /// Makes a new directory.
  init() {
    var template = Array("/tmp/bpc-tests-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/nonexistent"
    }
  }

  deinit { _ = shell("rm -rf '\(path)'") }

  /// The names of all files in it.
  var names: [String] {
    shell("ls -A '\(path)'").output.split(separator: "\n").map(String.init)
  }

  /// Makes a file of the name `name` that holds `text`, and returns its path.
  func file(_ name: String, _ text: String = "") -> String {
    let file = "\(path)/\(name)"
    let stream = fopen(file, "w")
    fputs(text, stream)
    fclose(stream)
    return file
  }

  /// Returns what the file of the name `name` holds.
  func text(of name: String) -> String { shell("cat '\(path)/\(name)'").output }

  /// Returns the permissions of the file of the name `name`, in octal.
  func permissions(of name: String) -> String {
    var status = stat()
    stat("\(path)/\(name)", &status)
    return String(status.st_mode & 0o7777, radix: 8)
  }
}
