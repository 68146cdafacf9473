/// The stacks of an emitted function: those that share memory are one variable.
struct SwiftStacks {
  private var families: StackFamilies
  /// For each variable its name; nil before it is declared.
  private var names: [Int: String] = [:]
  /// The push, pop or loop that reads each version.
  private(set) var readers: [Value: InstructionID] = [:]
  /// The variables that hold something by now.
  private var started: Set<Int> = []
  /// How many loops there are around what is written.
  var depth = 0

  init(_ function: Function) {
    families = StackFamilies(function)
    for (index, instruction) in function.instructions.enumerated() {
      guard instruction.op == .push || instruction.op == .pop || instruction.op == .loop else {
        continue
      }
      for operand in function.operands(of: instruction) where function.type(of: operand).isStack {
        readers[operand] = InstructionID(index)
      }
    }
  }

  /// Returns the number of the variable of a stack.
  mutating func number(of stack: Value) -> Int { families.number(of: stack) }

  /// Returns the name of the variable of a stack.
  mutating func name(of stack: Value) -> String { names[number(of: stack)] ?? "saved" }

  /// Returns whether the variable has a name.
  func isDeclared(_ number: Int) -> Bool { names[number] != nil }

  /// Names a variable.
  mutating func declare(_ number: Int, _ name: String) { names[number] = name }

  /// Returns whether the variable may hold something when a new stack begins in it.
  mutating func start(_ number: Int) -> Bool {
    let isFirst = started.insert(number).inserted
    return depth > 0 || !isFirst
  }
}
