import BPIR
import BPLexer

/// How a program is emitted as Swift.
struct SwiftStyle {
  /// The name of the enum.
  var namespace: String
  /// Who may use it.
  var access: SwiftAccess
}

extension GradArguments {
  /// Returns how the program is emitted: as the arguments say, and what they leave open as the folder
  /// of its module says.
  func swiftStyle(_ source: Source, _ reporter: Reporter) throws(CommandFailure) -> SwiftStyle {
    let name = self.namespace ?? SwiftModel.namespace(forFile: self.source.fileName)
    guard let folder else { return SwiftStyle(namespace: name, access: access ?? .internal) }
    guard case .input(.file(let program)) = self.source else {
      throw .run("--folder is for programs in files")
    }
    let module = try ModuleFolder(folder, programs: [program] + beside, reporter)
    let inherited = try module.namespace(of: program, beside: beside, source, reporter)
    return SwiftStyle(
      namespace: self.namespace ?? inherited, access: access ?? module.configuration.access)
  }
}

extension Differentiation {
  /// Throws where the program has something that the printer of Swift does not.
  func requireSwift() throws(CommandFailure) {
    if problem.function.hasOpenReshape {
      throw .run(
        "a reshape fits only for some sizes of the data, which emitted Swift does not check")
    }
    if problem.function.hasTurnSizes {
      throw .run(
        "a size differs from turn to turn of a loop, and emitted Swift takes no such loop apart")
    }
  }
}

extension CommandFailure {
  /// Returns the failure as it stands in the log of a build: at the file of `source`.
  func reported(at source: SourceArgument) -> CommandFailure {
    guard !message.isEmpty, case .input(.file(let path)) = source else { return self }
    writeToStandardError("\(path):1:1: error: \(message)\n")
    return CommandFailure(message: "", exitCode: exitCode)
  }
}
