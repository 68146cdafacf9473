/// The statements of an emitted function.
struct SwiftBody {
  /// What the statements compute.
  let function: Function
  /// The printer of the file.
  let printer: SwiftPrinter
  /// What the names of split-off parts start with.
  let prefix: String
  /// The names of the parameters inside the function.
  var parameterNames: [String] = []
  /// The helpers that the statements call.
  var helpers: [SwiftHelper] = []
  /// Whether the statements call the platform's mathematics library.
  var usesLibrary = false
  /// The texts of the functions that the body was split into.
  var parts: [String] = []

  /// The names that are taken.
  var names: SwiftNames
  /// What stands for the values that have a name by now.
  var valueNames: [String?]
  /// The names that the source gives to values.
  var sourceNames: [Value: String] = [:]
  /// How often each value is read.
  let useCounts: [Int]
  /// The results of the function.
  let resultSet: Set<Value>
  /// The statement of the source that the last comment shows.
  var statement: Int?
  /// How many values have got a name that the source does not give.
  var temporaryCount = 0
  /// Whether conditions that are used once are written where they are used.
  var inlinesConditions = true
  /// Whether it is written step by step: there are arrays, or variables that change.
  let hasSteps: Bool
  /// Where arrays stand, if there are any.
  var arrays: SwiftArrays
  /// What loops save.
  var stacks: SwiftStacks
  /// Whether it is a function that others call, which has no part in the workspace.
  var isCalled = false
  /// Whether it is written for the type checker: with few overloads, and without types that follow.
  var isLarge = false
  /// Whether stacks are not part of the workspace.
  var allocates = false
  /// How the loops are written.
  let loops: SwiftLoops

  /// The statements that give the value alone, where the parts of the function do.
  var valueStatements: [String]?

  /// The statements beyond which a function is split, since the type checker's time grows faster
  /// than their number.
  static let longestFunction = 400
  /// How many statements the parts have.
  static let longestPart = 100

  /// Starts the body of `function`, in which names of `reserved` mean something else.
  init(
    _ function: Function, _ printer: SwiftPrinter, prefix: String, reserved: Set<String> = []
  ) {
    names = SwiftNames(reserved: reserved.union(["workspace", "gradient", "hessian"]))
    self.function = function
    self.printer = printer
    self.prefix = prefix
    valueNames = Array(repeating: nil, count: function.valueCount)
    useCounts = function.useCounts()
    resultSet = Set(function.results)
    hasSteps = printer.hasArrays || function.contains(.loop)
    arrays = SwiftArrays(function, isUsed: hasSteps)
    stacks = SwiftStacks(function)
    loops = SwiftLoops(function, useCounts)
    for named in function.names where function.constant(named.value) == nil {
      if sourceNames[named.value] == nil { sourceNames[named.value] = named.name }
    }
    for loop in function.instructions.reversed() where loop.op == .loop { nameCarried(loop) }
    names.sourceNames = sourceIdentifiers
  }

  private var sourceIdentifiers: Set<String> { Set(sourceNames.values.map(SwiftBody.identifier)) }

  /// Gives what `loop` carries the names of its results, or of its initial values.
  private mutating func nameCarried(_ loop: Instruction) {
    let region = function[loop.body]
    for (position, parameter) in region.parameters.dropFirst().enumerated() {
      let result = Value(loop.firstResult.position + position)
      let initial = function.operand(2 + position, of: loop)
      sourceNames[result] = sourceNames[result] ?? sourceNames[initial]
      sourceNames[parameter] = sourceNames[result]
    }
  }

  /// Writes the statements.
  mutating func print(_ writer: inout LineWriter) {
    if hasSteps {
      printArrays(.body, &writer)
    } else if function.instructions.count > SwiftBody.longestFunction {
      printParts(&writer)
    } else {
      print(.body, &writer)
    }
  }

  /// The results as expressions.
  var results: [String] { function.results.map { atom($0) } }

  /// Forgets the names and comments of the part before.
  mutating func startPart() {
    names = SwiftNames(reserved: ["workspace"])
    names.sourceNames = sourceIdentifiers
    temporaryCount = 0
    statement = nil
  }

  /// Takes over what another body needs of the file.
  mutating func adopt(_ other: SwiftBody) {
    helpers += other.helpers.filter { !helpers.contains($0) }
    usesLibrary = usesLibrary || other.usesLibrary
  }
}

extension Function {
  /// Returns how often each value is read, but for results.
  package func useCounts() -> [Int] {
    var counts = Array(repeating: 0, count: valueCount)
    for instruction in instructions {
      for operand in operands(of: instruction) { counts[operand.position] += 1 }
    }
    for region in regions {
      for value in region.yields { counts[value.position] += 1 }
    }
    return counts
  }
}
