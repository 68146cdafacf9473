import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Whether Ctrl-C was pressed since the last call of `interruptible`.
private let wasPressed = Atomic(false)

/// Whether what runs is to stop, since Ctrl-C was pressed.
var isInterrupted: Bool { wasPressed.load(ordering: .relaxed) }

/// Returns what `body` returns; Ctrl-C does not end the process meanwhile, but sets `isInterrupted`.
///
/// Pressed a second time it ends the process all the same.
func interruptible<Result>(_ body: () -> Result) -> Result {
  wasPressed.store(false, ordering: .relaxed)
  unblockInterrupts()
  let former = signal(SIGINT) { number in
    wasPressed.store(true, ordering: .relaxed)
    signal(number, SIG_DFL)
  }
  defer { signal(SIGINT, former) }
  return body()
}

/// Lets the signal of Ctrl-C reach the process: whoever started it may have blocked it.
private func unblockInterrupts() {
  var signals = sigset_t()
  sigemptyset(&signals)
  sigaddset(&signals, SIGINT)
  pthread_sigmask(SIG_UNBLOCK, &signals, nil)
}
