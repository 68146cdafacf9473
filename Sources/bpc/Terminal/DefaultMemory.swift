#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How many bytes a run may hold unless it is said: half of what the machine, or the control group of
/// the process, has.
let defaultMemory = min(physicalMemory, controlGroupMemory ?? .max) / 2

/// How many bytes of memory the machine has.
private var physicalMemory: Int {
  let pages = sysconf(Int32(_SC_PHYS_PAGES))
  let (bytes, overflow) = pages.multipliedReportingOverflow(by: sysconf(Int32(_SC_PAGESIZE)))
  return overflow || bytes <= 0 ? .max : bytes
}

/// How many bytes the control groups of the process may hold; nil where there are none.
private var controlGroupMemory: Int? {
  guard let groups = contents("/proc/self/cgroup") else { return nil }
  return controlGroupFiles(groups).compactMap { contents($0).flatMap(controlGroupLimit) }.min()
}

/// Returns the files that may hold the limits of the control groups that `groups` lists, in the form of
/// `/proc/self/cgroup`, and of those around them.
func controlGroupFiles(_ groups: String) -> [String] {
  groups.split(separator: "\n").flatMap { line -> [String] in
    let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count == 3 else { return [] }
    let path = String(fields[2])
    if fields[1].isEmpty { return files("/sys/fs/cgroup", path, "memory.max") }
    guard fields[1].split(separator: ",").contains("memory") else { return [] }
    return files("/sys/fs/cgroup/memory", path, "memory.limit_in_bytes")
  }
}

/// Returns the file `name` of the group at `path` and of all around it.
private func files(_ root: String, _ path: String, _ name: String) -> [String] {
  let parts = path.split(separator: "/").prefix(64)
  return (0...parts.count).map { count in
    ([root] + parts.prefix(count).map(String.init) + [name]).joined(separator: "/")
  }
}

/// Returns the limit that the file of a control group holds; nil when there is none.
func controlGroupLimit(_ text: String) -> Int? {
  Int(text.prefix { $0 != "\n" }).flatMap { $0 > 0 ? $0 : nil }
}

/// Returns the text of a file of the system, if there is one.
private func contents(_ path: String) -> String? {
  do throws(InputFailure) {
    return String(decoding: try readAll(.file(path), limit: 1 << 16), as: UTF8.self)
  } catch {
    return nil
  }
}
