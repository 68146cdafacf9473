// Variables that several values stand in, one after another.

extension SwiftBody {
  /// Returns the variable that `value` is to stand in, when nothing reads any more what stands there
  /// after `place`, and has it stand there.
  mutating func takeVariable(for value: Value, after place: Int? = nil) -> String? {
    guard let name = arrays.wishes[value],
      arrays.isFree(name, after: place ?? arrays.position)
    else { return nil }
    settle(value, in: name)
    return name
  }

  /// Has `value` stand in the variable `name` from now on.
  mutating func settle(_ value: Value, in name: String) {
    valueNames[value.position] = name
    arrays.occupants[name] = value
  }

  /// Has `value` stand in `memory` from now on.
  mutating func settle(_ value: Value, in memory: SwiftMemory) {
    arrays.memories[value] = memory
    arrays.occupants[memory.name] = value
  }

  /// Returns what is known before an arm or a turn, for `leave`.
  func scope() -> SwiftScope {
    SwiftScope(
      memories: arrays.memories, copies: arrays.copies, checks: arrays.checks,
      namedCount: arrays.scoped.count)
  }

  /// Forgets what is only known in an arm or a turn.
  mutating func leave(_ scope: SwiftScope) {
    (arrays.memories, arrays.copies) = (scope.memories, scope.copies)
    arrays.checks = scope.checks
    while arrays.scoped.count > scope.namedCount {
      if let value = arrays.scoped.popLast() { valueNames[value.position] = nil }
    }
  }

  /// Has `value`, and what becomes it, be computed where what a loop carries stands.
  mutating func wish(_ value: Value, in home: SwiftHome) {
    var rest = [value]
    while let value = rest.popLast() {
      guard let instruction = function.instruction(defining: value), claim(value, home) else {
        continue
      }
      let position = value.position - instruction.firstResult.position
      switch instruction.op {
      case .conditional:
        for arm in instruction.regions { rest.append(function[arm].yields[position]) }
      case .loop where position + 1 < instruction.resultCount:
        rest.append(function.operand(2 + position, of: instruction))
      case .reshape, .sliceSet, .sliceAdd, .scatterSet, .scatterAdd:
        rest.append(function.operand(0, of: instruction))
      default: break
      }
    }
  }

  /// Takes note of where `value` is to stand; returns whether nothing was known before.
  private mutating func claim(_ value: Value, _ home: SwiftHome) -> Bool {
    switch home {
    case .number(let name):
      guard arrays.wishes[value] == nil, valueNames[value.position] == nil else { return false }
      arrays.wishes[value] = name
    case .memory(let memory):
      guard arrays.targets[value] == nil, arrays.memories[value] == nil else { return false }
      arrays.targets[value] = memory
    case .constant, .stack: return false
    }
    return true
  }
}

/// Where a value stands that a loop carries.
enum SwiftHome {
  /// In a variable.
  case number(String)
  /// In memory.
  case memory(SwiftMemory)
  /// In a constant, since no turn changes it.
  case constant(String)
  /// On a stack that has its own variable.
  case stack

  /// The name of the variable or of the pointer.
  var name: String {
    switch self {
    case .number(let name), .constant(let name): name
    case .memory(let memory): memory.name
    case .stack: ""
    }
  }
}

/// What is known before an arm or a turn.
struct SwiftScope {
  let memories: [Value: SwiftMemory]
  let copies: [Value: SwiftMemory]
  let checks: Set<SwiftCheck>
  let namedCount: Int
}
