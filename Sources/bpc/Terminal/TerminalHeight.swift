#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Returns the rows of the terminal that `descriptor` is, else 24.
func terminalHeight(of descriptor: Int32) -> Int {
  var size = winsize()
  guard ioctl(descriptor, numericCast(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return 24 }
  return Int(size.ws_row)
}
