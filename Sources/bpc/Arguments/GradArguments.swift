import BPIR
import BPInterp
import BackpropCompiler

/// What `bpc grad` is asked to do.
struct GradArguments: Equatable, Sendable {
  /// The program.
  let source: SourceArgument
  /// The values of its free names.
  let bindings: [Binding]
  /// The name that is differentiated, or nil for the program's result.
  var of: String?
  /// The names that it is differentiated with respect to, or none for all.
  var wrt: [String]
  /// Whether the gradient is compared with other ways to compute it.
  let checks: Bool
  /// Which derivatives are wanted.
  var order: Differentiation.Order
  /// The files that values come from.
  let data: DataArguments
  /// What is made of the derivatives of the rows of data, or nil for those of each row.
  let reduction: RowReduction?
  /// Whether large arrays are printed whole.
  let printsAll: Bool
  /// How many bits numbers have, or nil for what the module says or else 64.
  var precision: Precision?
  /// What a run may take.
  let limits: LimitArguments
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
  /// Whether unstable spellings are replaced.
  let rewrites: Bool
  /// Whether a word is said about what is not finite.
  let blames: Bool
  /// Whether kinks are listed.
  let traces: Bool
  /// How much is said.
  let verbosity: Verbosity
  /// When colors are used.
  let color: ColorChoice

  /// A language that a gradient is written in.
  enum Emission: Equatable, Sendable {
    /// Swift.
    case swift
    /// The compiler's own representation.
    case ir
  }

  /// Creates what `arguments` ask for.
  init(_ arguments: GatheredArguments) throws(UsageError) {
    source = try SourceArgument(arguments)
    bindings = arguments.bindings
    of = arguments.value("of")
    wrt = arguments.names("wrt")
    checks = arguments.has("check")
    order =
      arguments.has("hessian") ? .hessian : arguments.has("jacobian") ? .jacobian : .gradient
    data = DataArguments(arguments)
    reduction = arguments.word("reduce")
    printsAll = arguments.has("all")
    precision = arguments.word("precision")
    limits = LimitArguments(arguments)
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
    rewrites = !arguments.has("no-rewrite")
    blames = !arguments.has("no-blame")
    traces = arguments.has("trace")
    verbosity = Verbosity(arguments)
    color = arguments.word("color") ?? .auto
  }
}
