#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Returns the columns of the terminal that `descriptor` is, else of `COLUMNS`, else 80.
func terminalWidth(
  of descriptor: Int32, environment: (String) -> String? = environmentVariable
) -> Int {
  var size = winsize()
  if ioctl(descriptor, numericCast(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
    return Int(size.ws_col)
  }
  guard let columns = environment("COLUMNS").flatMap({ Int($0) }), columns > 0 else { return 80 }
  return columns
}
