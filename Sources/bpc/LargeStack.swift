#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The bytes of stack that the deepest programs need: 10,000 brackets, blocks and calls inside each
/// other. The system hands them out only as they are used.
private let stackSize = 1 << 30

/// What a thread runs, and where it leaves its result.
private final class Task {
  let body: () -> Int32
  var result: Int32 = ExitCode.internalError.rawValue

  init(_ body: @escaping () -> Int32) { self.body = body }
}

/// Runs `body` on a thread whose stack is deep enough for every program, and returns its result.
///
/// Where the system grants no such thread it runs on this one.
func withLargeStack(_ body: @escaping () -> Int32) -> Int32 {
  let task = Task(body)
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setstacksize(&attributes, stackSize)
  #if canImport(Darwin)
    var thread: pthread_t?
  #else
    var thread = pthread_t()
  #endif
  let context = Unmanaged.passRetained(task).toOpaque()
  let failure = pthread_create(&thread, &attributes, run, context)
  guard failure == 0 else {
    Unmanaged<Task>.fromOpaque(context).release()
    return body()
  }
  #if canImport(Darwin)
    if let thread { pthread_join(thread, nil) }
  #else
    pthread_join(thread, nil)
  #endif
  return task.result
}

#if canImport(Darwin)
  private func run(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    let task = Unmanaged<Task>.fromOpaque(context).takeRetainedValue()
    task.result = task.body()
    return nil
  }
#else
  private func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let task = Unmanaged<Task>.fromOpaque(context).takeRetainedValue()
    task.result = task.body()
    return nil
  }
#endif
