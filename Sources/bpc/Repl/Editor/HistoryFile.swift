#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The file in which entries outlive a session: `$BPC_HISTORY`, or `bpc/history` where the XDG base
/// directories keep state.
struct HistoryFile {
  /// The path; nil where entries are not kept.
  let path: String?

  /// Finds the file by the environment; an empty `BPC_HISTORY` keeps nothing.
  init(environment: (String) -> String? = environmentVariable) {
    if let own = environment("BPC_HISTORY") {
      path = own.isEmpty ? nil : own
      return
    }
    let state = environment("XDG_STATE_HOME").flatMap { $0.isEmpty ? nil : $0 }
    let home = environment("HOME").map { "\($0)/.local/state" }
    path = (state ?? home).map { "\($0)/bpc/history" }
  }

  /// The entries in the file, of which there may be none.
  var history: EntryHistory {
    guard let path, let bytes = try? readAll(InputFile.file(path)) else { return EntryHistory() }
    return EntryHistory(fileText: String(decoding: bytes, as: UTF8.self))
  }

  /// Adds an entry. What cannot be kept is not worth a word.
  func add(_ entry: String) {
    guard let path else { return }
    makeFolders(of: path)
    // Only the user may read what was typed.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    var line = EntryHistory.line(entry)
    line.withUTF8 { try? writeAll(UnsafeRawBufferPointer($0), to: descriptor) }
    close(descriptor)
  }

  private func makeFolders(of path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    var folder = ""
    for part in parts {
      folder += folder.isEmpty && part.isEmpty ? "/" : part.isEmpty ? "" : "\(part)/"
      if !part.isEmpty { mkdir(folder, 0o700) }
    }
  }
}
