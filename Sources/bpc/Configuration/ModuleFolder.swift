import BPIR
import BPLexer

/// The folder of a module that programs are emitted into, with what its `bpc.json` says.
struct ModuleFolder {
  /// The path of the folder.
  let path: String
  /// What its `bpc.json` says.
  let configuration: ModuleConfiguration
  /// The text of that file, if there is one.
  private let source: Source?

  /// Reads the `bpc.json` of the folder at `path`, if it has one.
  ///
  /// - Parameter programs: The paths of programs in the folder, which its names may have meant.
  init(_ path: String, programs: [String], _ reporter: Reporter) throws(CommandFailure) {
    self.path = path
    let file = path.appending(ModuleConfiguration.fileName)
    guard FileStatus(file) != nil else {
      configuration = ModuleConfiguration()
      source = nil
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
    self.source = source
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

  /// Returns what the `bpc.json` says about `program`.
  func settings(of program: String) throws(CommandFailure) -> ProgramConfiguration {
    configuration.program(at: try place(of: program))
  }

  /// Checks that the values which the `bpc.json` names for a program are there: `of` among its values and
  /// results, and `wrt` among its values.
  func checkNames(
    of: ProgramConfiguration.Name?, wrt: [ProgramConfiguration.Name], in module: Module
  ) throws(CommandFailure) {
    guard let source else { return }
    let values = module.namedValues.map(\.name)
    let mistakes =
      [of].compactMap { $0 }.unknown(among: values + module.resultNames)
      + wrt.unknown(among: values)
    guard mistakes.isEmpty else {
      throw CommandFailure(message: "", exitCode: .failure, diagnostics: (mistakes, source))
    }
  }

  /// Returns the path of `program` in the folder.
  private func place(of program: String) throws(CommandFailure) -> String {
    guard let place = relativePath(program, in: path) else {
      throw .run("\(program.quoted) is not in the folder \(path.quoted)")
    }
    return place
  }
}

extension [ProgramConfiguration.Name] {
  /// Returns an error for each name that is none of `names`.
  fileprivate func unknown(among names: [String]) -> [Diagnostic] {
    let known = Set(names)
    return filter { !known.contains($0.text) }.map { name in
      .unknownValue(name.text, among: names, at: name.span)
    }
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
