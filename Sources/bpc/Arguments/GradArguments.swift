import BPIR
import BPInterp
import BackpropCompiler

/// What `bpc grad` is asked to do.
struct GradArguments: RunsProgram, Equatable, Sendable {
  /// What is said about the program and the run.
  let program: ProgramArguments
  /// The name that is differentiated, or nil for the program's result.
  var of: String?
  /// The names that it is differentiated with respect to, or none for all.
  var wrt: [String]
  /// Whether the gradient is compared with other ways to compute it.
  let checks: Bool
  /// Which derivatives are wanted.
  var order: Differentiation.Order
  /// What is made of the derivatives of the rows of data, or nil for those of each row.
  let reduction: RowReduction?
  /// Whether large arrays are printed whole.
  let printsAll: Bool
  /// How many bits numbers have, or nil for what the module says or else 64.
  var precision: Precision?
  /// What is printed in place of numbers.
  let emission: Emission?
  /// The namespace of the emitted Swift, or nil for the file's name.
  var namespace: String?
  /// The module of the emitted Swift, for which tests are written, too.
  let testedModule: String?
  /// Whether the emitted Swift has functions over rows of data.
  var hasRows: Bool
  /// Who may use the emitted Swift, or nil for what its module says.
  var access: SwiftAccess?
  /// The folder of the module that the emitted Swift belongs to, if there is one.
  let folder: String?
  /// The other programs of that module.
  let beside: [String]
  /// The stages of the compilation that are printed.
  let stages: [Stage]
  /// The form of the result.
  let format: OutputFormat
  /// Where the results go.
  let output: OutputDestination
  /// Whether kinks are listed.
  let traces: Bool

  /// A language that a gradient is written in.
  enum Emission: Equatable, Sendable {
    /// Swift.
    case swift
    /// The compiler's own representation.
    case ir
  }

  /// Creates what `arguments` ask for.
  init(_ arguments: GatheredArguments) throws(UsageError) {
    program = try ProgramArguments(arguments)
    of = arguments.value("of")
    wrt = arguments.names("wrt")
    checks = arguments.has("check")
    order =
      arguments.has("hessian") ? .hessian : arguments.has("jacobian") ? .jacobian : .gradient
    reduction = arguments.word("reduce")
    printsAll = arguments.has("all")
    precision = arguments.word("precision")
    emission = arguments.has("emit-swift") ? .swift : arguments.has("emit-ir") ? .ir : nil
    namespace = arguments.value("name")
    hasRows = arguments.has("batch")
    testedModule = arguments.value("with-tests")
    access = arguments.word("access")
    folder = arguments.value("folder")
    beside = arguments.values("beside")
    stages = arguments.values("show").compactMap(Stage.init(rawValue:))
    format = arguments.word("format") ?? .text
    output = OutputDestination(argument: arguments.value("output"))
    traces = arguments.has("trace")
  }
}
