import BPLexer
import BPParser

/// How a program is lowered.
package struct LoweringOptions: Sendable {
  /// The names, besides the leaves, that something is differentiated with respect to.
  package var marked: Set<String> = []
  /// The names, also in functions, that no spelling which replaces another passes by.
  package var kept: Set<String> = []
  /// Whether spellings that overflow are replaced by stable ones.
  package var rewrites = true
  /// Whether instructions are simplified and shared as they are made.
  package var simplifies = true

  /// Creates the options that hold unless told otherwise.
  package init() {}
}

/// What lowering gives.
package struct Lowered: Sendable {
  /// The program; nil when a mistake leaves nothing to run.
  package let module: Module?
  /// What is wrong with the program.
  package let diagnostics: [Diagnostic]
  /// The spellings that were replaced by stable ones.
  package let rewritings: [Rewriting]
}

/// A spelling that was replaced by one that means the same and does not overflow.
package struct Rewriting: Hashable, Sendable {
  /// Where it stands.
  package let span: Span
  /// What was replaced by what.
  package let description: String
}

/// Returns `tree` in static single assignment form.
///
/// Lowering is the type checker: what does not fit is reported at its place.
package func lower(_ tree: SyntaxTree, _ options: LoweringOptions = LoweringOptions()) -> Lowered {
  var lowering = Lowering(tree, options)
  let module = lowering.run()
  return Lowered(
    module: lowering.diagnostics.haveErrors ? nil : module, diagnostics: lowering.diagnostics,
    rewritings: lowering.rewritings.eachOnce())
}

/// A walk over a syntax tree that builds the functions of a module.
struct Lowering {
  let tree: SyntaxTree
  let options: LoweringOptions
  let survey: NameSurvey
  /// The function that is being built.
  var frame: Frame
  /// The functions whose building waits for that one.
  var suspended: [Frame] = []
  /// The functions that are built.
  var functions: [Function] = []
  var diagnostics: [Diagnostic] = []
  var rewritings: [Rewriting] = []
  var leaves: [Leaf] = []
  /// The leaves by name.
  var leafIndices: [UInt32: Int] = [:]

  /// The functions of the text by name, as far as the walk has come.
  var definedFunctions: [UInt32: Int] = [:]
  /// What was built of the functions of the text, by the types of the arguments.
  var instances: [InstanceKey: Instance] = [:]
  /// The values that top-level names have had, each with the node that gave it.
  var versions: [UInt32: [(node: Int, operand: Operand)]] = [:]

  /// What functions need to know of those values.
  var outerKinds: [Value: OuterKind] = [:]

  /// The symbols of declared shapes in the order of the text.
  var symbols: [String] = []
  /// Where each of them is declared.
  var symbolSpans: [String: Span] = [:]
  /// What symbols turned out to be.
  var sizes: [String: Dimension] = [:]
  /// Why.
  var sizeEquations: [SizeEquation] = []
  /// The types that loops turned out to carry, for when they are lowered again.
  var carriedTypes: [LoopKey: CarriedTypes] = [:]
  /// How many attempts may still be taken back.
  var openAttempts = 0
  /// The walk as it was before symbols were substituted in an attempt, with the number of attempts
  /// that were open.
  var snapshots: [(attempts: Int, lowering: Lowering)] = []
  /// The keys of `instances` in the order in which they were built.
  var instanceKeys: [InstanceKey] = []
  /// The derivatives that are given by hand, by the name of their function.
  var derivativesByHand: [UInt32: Int] = [:]

  /// Whether the types of the parameters are a guess, so that shapes mean nothing.
  var guessesTypes = false
  /// How many reports that were dropped for it.
  var droppedReports = 0

  init(_ tree: SyntaxTree, _ options: LoweringOptions) {
    self.tree = tree
    self.options = options
    survey = NameSurvey(tree)
    frame = Frame(name: "main", function: nil, options, capacity: tree.nodes.count / 3)
  }

  /// Returns the name number `name` of the tree.
  func text(_ name: UInt32) -> String { tree.names[Int(name)] }

  mutating func report(_ diagnostic: Diagnostic) {
    if guessesTypes, diagnostic.isAboutShapes {
      droppedReports += 1
      return
    }
    diagnostics.append(diagnostic)
  }

  mutating func run() -> Module {
    declareLeaves()
    let outcome = lowerBlock(0..<tree.nodes.count)
    checkUncalledFunctions()
    let (names, values) = result(outcome)
    frame.builder.close(yielding: values)
    frame.builder.function.names = frame.names + frame.innerNames
    functions.append(frame.builder.function)
    return Module(
      functions: functions, leaves: leaves, resultNames: names,
      statements: tree.nodes.lazy.filter(\.kind.isStatement).map(\.span)
        .sorted { $0.start < $1.start }, symbols: symbols.filter { sizes[$0] == nil },
      functionNames: tree.functions.filter { !$0.isDerivative }.map { text($0.name.name) },
      sizeEquations: sizeEquations)
  }

  /// Returns the names and values of what the program results in.
  private mutating func result(_ outcome: BlockOutcome) -> ([String], [Value]) {
    var parts = outcome.parts.map { (name: text($0.name), operand: $0.operand) }
    if parts.isEmpty, let last = frame.names.last {
      parts = [(last.name, .value(last.value))]
    }
    if parts.isEmpty, tree.isComplete, !diagnostics.haveErrors {
      report(.noResult(in: tree.source))
    }
    var names: [String] = []
    var values: [Value] = []
    for (name, operand) in parts {
      let partValues = operand.values
      values += partValues
      names += partValues.count == 1 ? [name] : partValues.indices.map { "\(name)[\($0)]" }
    }
    return (names, values)
  }

  /// Makes the declared leaves and the free names parameters of the program, in the order of the
  /// text.
  private mutating func declareLeaves() {
    let declared = tree.leaves.map { (name: $0.name, syntax: Optional($0)) }
    let free = survey.freeNames.filter { !survey.broken.contains($0.name) }
      .map { (name: $0, syntax: LeafSyntax?.none) }
    let inOrder = (declared + free).sorted { $0.name.span.start < $1.name.span.start }
    for (name, syntax) in inOrder {
      if let first = leafIndices[name.name] {
        report(.redeclaredLeaf(text(name.name), at: name.span, first: leaves[first].span))
      } else if let syntax {
        let type = ValueType(syntax.isInteger ? .integer : .real, declaredShape(syntax))
        addLeaf(name, syntax.isParameter ? .parameter : .input, type)
      } else {
        let value = addLeaf(name, .free, .real)
        bind(name.name, marked(.value(value), name.name), at: 0)
      }
    }
  }

  /// Returns the shape that a declaration gives; its symbols are sizes from here on.
  private mutating func declaredShape(_ leaf: LeafSyntax) -> Shape {
    var dimensions: [Dimension] = []
    for dimension in leaf.shape ?? [] {
      switch dimension {
      case .number(let number, let span):
        if number > Double(Shape.largestCount) {
          report(.sizeOutOfRange(Dimension(Shape.largestCount + 1), at: span))
        }
        dimensions.append(Dimension(Int(exactly: number) ?? 0))
      case .symbol(let name):
        if !symbols.contains(text(name.name)) { symbols.append(text(name.name)) }
        symbolSpans[text(name.name)] = symbolSpans[text(name.name)] ?? name.span
        dimensions.append(Dimension(symbol: text(name.name)))
      }
    }
    return Shape(dimensions)
  }

  /// Makes `name` a leaf and returns its value.
  @discardableResult
  mutating func addLeaf(
    _ name: NameSyntax, _ kind: Leaf.Kind, _ type: ValueType, defaultValue: Double? = nil,
    defaultArray: Value? = nil
  ) -> Value {
    leafIndices[name.name] = leaves.count
    leaves.append(
      Leaf(
        name: text(name.name), kind: kind, type: type, defaultValue: defaultValue,
        defaultArray: defaultArray, span: name.span))
    return frame.builder.function.addParameter(text(name.name), type)
  }
}

extension [Rewriting] {
  /// Returns the rewritings, each once: the condition of a `while` is lowered twice.
  fileprivate func eachOnce() -> [Rewriting] {
    var seen: Set<Rewriting> = []
    return filter { seen.insert($0).inserted }
  }
}

/// What a function needs to know of a value of the program that it uses.
struct OuterKind {
  var type: ValueType
  let constant: Double?
  let dimension: Dimension?
}

/// A function while it is built.
struct Frame {
  var builder: Builder
  /// The index of the function in the tree; nil for the program itself.
  let function: Int?
  /// The operands of the expression that is being lowered.
  var stack: [LoweredExpression] = []
  /// What names stand for.
  var bindings: [UInt32: Operand] = [:]
  /// What names stood for before the changes in the open arms.
  var changes: [(name: UInt32, old: Operand?)] = []
  /// The names that the innermost loop carries.
  var carried: Set<UInt32> = []
  /// The types that arms want carried names to have.
  var wanted: [UInt32: [ValueType]] = [:]
  /// The names that were found to stand for nothing.
  var brokenNames: [UInt32] = []
  /// What is built, when it is a function of the text.
  var key: InstanceKey?
  /// How many arms and turns are open.
  var armDepth = 0
  /// Whether the last value of the block that is being lowered is what the function returns.
  var isTail: Bool
  /// The values of the program that the function uses, with the parameters that stand for them.
  var captures: [(outer: Value, parameter: Value)] = []
  var captureIndices: [Value: Int] = [:]
  /// The names given to values, in order.
  var names: [NamedValue] = []
  /// The names that held only within arms and turns.
  var innerNames: [NamedValue] = []

  init(name: String, function: Int?, _ options: LoweringOptions, capacity: Int = 16) {
    builder = Builder(
      name: name, capacity: capacity, simplifies: options.simplifies, shares: options.simplifies)
    self.function = function
    isTail = function != nil
  }
}
