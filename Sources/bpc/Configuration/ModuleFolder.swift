import BPIR
import BPLexer

/// The folder of a module that programs are emitted into, with what its `bpc.json` says.
struct ModuleFolder {
  /// The path of the folder.
  let path: String
  /// What the programs of the module have in common.
  let configuration: ModuleConfiguration

  /// Reads the `bpc.json` of the folder at `path`, if it has one.
  ///
  /// - Parameter programs: The paths of programs in the folder, which its names may have meant.
  init(_ path: String, programs: [String], _ reporter: Reporter) throws(CommandFailure) {
    self.path = path
    let file = path.appending(ModuleConfiguration.fileName)
    guard FileStatus(file) != nil else {
      configuration = ModuleConfiguration()
      return
    }
    let source = try SourceArgument.input(.file(file)).read()
    let known = programs.compactMap { relativePath($0, in: path) }
    let reader = ModuleConfigurationReader(source, programs: known) { name in
      FileStatus(path.appending(name))?.isRegular == true
    }
    reporter.report(reader.diagnostics, in: source)
    guard reader.diagnostics.isEmpty else { throw .reported }
    configuration = reader.configuration
  }

  /// Returns the namespace of `program`, which none of `others` may have.
  func namespace(
    of program: String, beside others: [String], _ source: Source, _ reporter: Reporter
  ) throws(CommandFailure) -> String {
    let place = try place(of: program)
    let namespace = configuration.namespace(ofProgramAt: place)
    for other in others {
      let otherPlace = try self.place(of: other)
      guard otherPlace != place,
        configuration.namespace(ofProgramAt: otherPlace) == namespace
      else { continue }
      reporter.report([.equalNamespaces(namespace, place, otherPlace)], in: source)
      throw .reported
    }
    return namespace
  }

  /// Returns the path of `program` in the folder.
  private func place(of program: String) throws(CommandFailure) -> String {
    guard let place = relativePath(program, in: path) else {
      throw .run("\(program.quoted) is not in the folder \(path.quoted)")
    }
    return place
  }
}

/// Returns the path that leads from `folder` down to `file`, or nil if that is elsewhere.
func relativePath(_ file: String, in folder: String) -> String? {
  let (file, folder) = (file.pathComponents, folder.pathComponents)
  let rest = file.dropFirst(folder.count)
  guard file.starts(with: folder), !rest.isEmpty, !rest.contains("..") else { return nil }
  return rest.joined(separator: "/")
}

extension String {
  /// Returns the path of the file that has the path `name` in the folder.
  fileprivate func appending(_ name: String) -> String {
    let folder = pathComponents
    let prefix = folder.first == "/" ? "/" : ""
    return prefix + (folder.filter { $0 != "/" } + [name[...]]).joined(separator: "/")
  }

  /// The names in a path, with `/` before those of an absolute one.
  fileprivate var pathComponents: [Substring] {
    let names = split(separator: "/").filter { $0 != "." }
    return hasPrefix("/") ? ["/"] + names : names
  }
}
