import BPAD
import BPIR
import BPInterp
import BPLexer

/// A formula that somebody typed, compiled: it can be evaluated, differentiated, and printed as Swift.
///
/// ```swift
/// let formula = try Formula("f = sigmoid(c*(a + b))")
/// let (value, gradient) = try formula.valueAndGradient(["a": 1, "b": -2, "c": -3])
/// print(value, gradient)
/// ```
///
/// The language is that of bpc's programs: a formula may have statements, functions, loops and arrays.
/// What it is made of is fixed when it is created, and it can be used from several tasks at once.
public struct Formula: Sendable {
  /// The text.
  public let text: String
  /// The names that stand for what is given when the formula is evaluated, in the order of the text.
  public let inputs: [Input]
  /// The names, or texts, of the parts of the result.
  public let results: [String]
  /// What is worth to be said of the formula, though it has a meaning.
  public let warnings: [FormulaDiagnostic]

  let compilation: Compiler.Compilation
  let module: Module
  let compiler: Compiler

  /// A name that stands for what is given when a formula is evaluated.
  public struct Input: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The length of each dimension, as a number or the name of a size; a single number has none.
    public let shape: [String]
    /// Whether it need not be given.
    public let hasDefault: Bool
    /// Whether a gradient is taken with respect to it unless it is said otherwise.
    public let isDifferentiated: Bool
  }

  /// Compiles `text`.
  ///
  /// - Parameters:
  ///   - text: a formula, or statements of which the last gives the result.
  ///   - name: what messages call the text.
  ///   - options: how it is compiled and run.
  /// - Throws: a `FormulaError` with a diagnostic for each mistake.
  public init(
    _ text: String, name: String = "formula", options: FormulaOptions = FormulaOptions()
  ) throws(FormulaError) {
    let source = Source(name: name, text: text)
    var compiler = Compiler()
    compiler.limits = options.limits
    compiler.precision = options.usesFloat32 ? .float32 : .float64
    compiler.bound = options.memory
    compiler.options.rewrites = options.rewritesUnstableSpellings
    let compilation = compiler.compile(source)
    guard let module = compilation.module else {
      throw FormulaError(compilation.diagnostics, in: source)
    }
    self.text = text
    self.compiler = compiler
    self.compilation = compilation
    self.module = module
    results = module.resultNames
    warnings = compilation.diagnostics.map { FormulaDiagnostic($0, in: source) }
    inputs = module.leaves.map { leaf in
      Input(
        name: leaf.name, shape: leaf.type.shape.dimensions.map(\.description),
        hasDefault: leaf.hasDefault,
        isDifferentiated: leaf.isDifferentiated)
    }
  }
}

/// How a formula is compiled and run.
public struct FormulaOptions: Sendable {
  /// Whether spellings that lose digits or overflow are read as what they mean.
  public var rewritesUnstableSpellings = true
  /// Whether it computes with Float32 in place of Float64.
  public var usesFloat32 = false
  /// The most turns that the loops of one evaluation take together.
  public var maxTurns = 1_000_000_000
  /// The most bytes that one evaluation holds; nil for no bound. Within it, the derivatives of long
  /// loops take turns again in place of keeping what they computed.
  public var memory: Int?
  /// Whether an evaluation that is under way should end; asked every few hundred turns of loops.
  public var isCancelled: @Sendable () -> Bool = { false }

  /// Creates the options that hold unless told otherwise.
  public init() {}

  var limits: RunLimits {
    RunLimits(maxTurns: maxTurns, memory: memory ?? .max, isInterrupted: isCancelled)
  }
}
