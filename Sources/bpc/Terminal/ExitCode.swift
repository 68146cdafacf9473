/// What the process tells whoever started it, after sysexits(3).
enum ExitCode: Int32, CaseIterable, Sendable {
  /// Everything went well.
  case success = 0
  /// The program has errors, or its run failed.
  case failure = 1
  /// The arguments make no sense.
  case usage = 64
  /// The input does not exist or cannot be read.
  case noInput = 66
  /// The fault is ours.
  case internalError = 70
  /// The output file cannot be made.
  case cannotCreate = 73
  /// Reading or writing failed halfway.
  case inputOutput = 74
  /// Ctrl-C ended it, after it was told what there is: what the shell reports of a process that SIGINT ended.
  case interrupted = 130
  /// The reader of our output went away, which nobody needs to be told: what the shell reports of a
  /// process that SIGPIPE ended.
  case brokenPipe = 141
  /// SIGTERM ended it, after it was told what there is: what the shell reports of a process that it ended.
  case terminated = 143
}
