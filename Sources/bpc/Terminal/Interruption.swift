import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// When Ctrl-C was pressed first since the last call of `interruptible`, in nanoseconds; 0 where it was not.
private let pressTime = Atomic<UInt64>(0)
/// The signal that did it.
private let pressedSignal = Atomic<Int32>(0)
/// How many calls of `interruptible` run.
private let depth = Atomic(0)

/// For how many nanoseconds further signals are taken for the same press: `timeout -s INT` sends one to the process
/// and one to its group.
private let pressDuration: UInt64 = 500_000_000

/// Whether what runs is to stop, since Ctrl-C was pressed, or the process was told to end.
var isInterrupted: Bool { pressTime.load(ordering: .relaxed) != 0 }

/// The code to exit with after what ran was stopped.
var interruptionCode: ExitCode {
  pressedSignal.load(ordering: .relaxed) == SIGTERM ? .terminated : .interrupted
}

/// Returns what `body` returns; Ctrl-C does not end the process meanwhile, but sets `isInterrupted`.
///
/// Pressed again after half a second it ends the process all the same, then and later.
///
/// - Parameter handlesTermination: Whether SIGTERM does the same, unless this is a part of something interruptible.
func interruptible<Result, Failure: Error>(
  handlesTermination: Bool = false, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let isOutermost = depth.add(1, ordering: .relaxed).oldValue == 0
  pressTime.store(0, ordering: .relaxed)
  let signals = handlesTermination && isOutermost ? [SIGINT, SIGTERM] : [SIGINT]
  let former = signals.map { number in
    unblock(number)
    return signal(number, press)
  }
  defer {
    depth.subtract(1, ordering: .relaxed)
    // A second signal of the same press may still come.
    if !isInterrupted { for (number, handler) in zip(signals, former) { signal(number, handler) } }
  }
  return try body()
}

/// Takes a signal as a press of Ctrl-C, or ends the process.
private func press(_ number: Int32) {
  let (first, now) = (pressTime.load(ordering: .relaxed), nanoseconds)
  if first == 0, depth.load(ordering: .relaxed) > 0 {
    pressedSignal.store(number, ordering: .relaxed)
    pressTime.store(now, ordering: .relaxed)
  } else if first == 0 || now - min(first, now) > pressDuration {
    signal(number, SIG_DFL)
    kill(getpid(), number)
  }
}

/// A time that never goes back, read in a way that a handler of signals may use; not 0.
private var nanoseconds: UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(max(0, time.tv_sec)) &* 1_000_000_000 &+ UInt64(max(0, time.tv_nsec)) | 1
}

/// Lets a signal reach the process: whoever started it may have blocked it.
private func unblock(_ number: Int32) {
  var signals = sigset_t()
  sigemptyset(&signals)
  sigaddset(&signals, number)
  pthread_sigmask(SIG_UNBLOCK, &signals, nil)
}
