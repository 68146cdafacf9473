import BPIR
import BPLexer
import BackpropCompiler

extension GradArguments {
  /// Returns how the program is emitted: as the arguments say, and what they leave open as the folder
  /// of its module says.
  func swiftStyle(_ source: Source, _ reporter: Reporter) throws(CommandFailure) -> SwiftStyle {
    let name = self.namespace ?? SwiftModel.namespace(forFile: self.source.fileName)
    let isFloat = precision == .float32
    guard let folder else {
      return SwiftStyle(
        namespace: name, access: access ?? .internal, scalar: isFloat ? .float : .double,
        hasRows: hasRows)
    }
    guard case .input(.file(let program)) = self.source else {
      throw .run("--folder is for programs in files")
    }
    let module = try ModuleFolder(folder, programs: [program] + beside, reporter)
    let inherited = try module.namespace(of: program, beside: beside, source, reporter)
    return SwiftStyle(
      namespace: self.namespace ?? inherited, access: access ?? module.configuration.access,
      scalar: isFloat || module.configuration.precision == .float32 ? .float : .double,
      hasRows: hasRows)
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
