import BPIR
import BPLexer
import BackpropCompiler

extension Grad {
  /// Differentiates a program of the module in `folder`: what the arguments leave open is as the `bpc.json` there
  /// says.
  func differentiate(inModule folder: String) throws(CommandFailure) {
    guard case .input(.file(let program)) = arguments.source else {
      throw .run("--folder is for programs in files")
    }
    let source = try arguments.source.read()
    let folder = try ModuleFolder(folder, programs: [program] + arguments.beside, reporter)
    let namespace = try folder.namespace(
      of: program, beside: arguments.beside, source, reporter)
    let settings = try folder.settings(of: program)
    let completed = arguments.completed(by: folder.configuration, settings, namespace)
    try Grad(completed, output).differentiate(source) { module throws(CommandFailure) in
      try folder.checkNames(
        of: arguments.of == nil ? settings.of : nil, wrt: arguments.wrt.isEmpty ? settings.wrt : [],
        in: module)
    }
  }
}

extension GradArguments {
  /// Returns the arguments, with what they leave open as the file says: first of the program, then of its module.
  func completed(
    by module: ModuleConfiguration, _ program: ProgramConfiguration, _ namespace: String
  ) -> GradArguments {
    var arguments = self
    arguments.of = of ?? program.of?.text
    arguments.wrt = wrt.isEmpty ? program.wrt.map(\.text) : wrt
    arguments.order = order == .gradient && program.hasHessian ? .hessian : order
    arguments.hasRows = hasRows || program.hasRows
    arguments.namespace = self.namespace ?? namespace
    arguments.access = access ?? program.access ?? module.access
    arguments.precision = precision ?? program.precision ?? module.precision
    return arguments
  }

  /// How the program is emitted.
  var swiftStyle: SwiftStyle {
    SwiftStyle(
      namespace: namespace ?? SwiftModel.namespace(forFile: source.fileName),
      access: access ?? .internal, scalar: precision == .float32 ? .float : .double,
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
