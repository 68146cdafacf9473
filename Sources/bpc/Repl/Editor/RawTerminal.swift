#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The terminal of standard input while it gives each key as it is pressed.
struct RawTerminal: ~Copyable {
  private var former = termios()

  /// Takes the terminal over; nil where there is none that can do so.
  init?() {
    guard tcgetattr(STDIN_FILENO, &former) == 0 else { return nil }
    enter()
  }

  /// Makes keys come one by one, and pasted text between marks.
  private func enter() {
    var raw = former
    raw.c_iflag &= ~tcflag_t(BRKINT | ICRNL | INPCK | ISTRIP | IXON)
    raw.c_lflag &= ~tcflag_t(ECHO | ICANON | IEXTEN | ISIG)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw)
    writeToTerminal("\u{1B}[?2004h")
  }

  private func leave() {
    writeToTerminal("\u{1B}[?2004l")
    var former = former
    tcsetattr(STDIN_FILENO, TCSADRAIN, &former)
  }

  /// Stops the process as Ctrl-Z does, and goes on when somebody brings it back.
  func suspend() {
    leave()
    raise(SIGTSTP)
    enter()
  }

  /// Returns the next byte, or nil at the end of the input.
  func nextByte() -> UInt8? {
    var byte: UInt8 = 0
    while true {
      let count = read(STDIN_FILENO, &byte, 1)
      if count == 1 { return byte }
      if count == 0 || errno != EINTR { return nil }
    }
  }

  /// Whether a byte comes within the time that a terminal takes for the rest of a sequence.
  func isByteWaiting() -> Bool {
    var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&input, 1, 50) > 0
  }

  deinit { leave() }
}

/// Writes `text` to the terminal at once.
///
/// Where that fails there is nobody to tell.
func writeToTerminal(_ text: String) {
  var text = text
  text.withUTF8 { try? writeAll(UnsafeRawBufferPointer($0), to: STDOUT_FILENO) }
}
