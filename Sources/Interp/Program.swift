import BPIR
import BPLexer

/// A function as flat bytecode over places of memory: inert data that a `Machine` runs.
///
/// Places hold floating-point numbers; conditions are 1 and 0, integers whole numbers. A number takes
/// one place and an array one for each element. The first places are the constants, then come the
/// parameters, then what instructions write; places whose value is not read again are used again.
/// The functions that it calls come first, each with places of its own.
package struct Program: Sendable {
  /// The code, run from the first instruction to the last, but for jumps.
  package internal(set) var code: [Bytecode] = []
  /// The source text of each instruction.
  package internal(set) var spans: [Span] = []
  /// What instructions do that work on arrays.
  package internal(set) var arraySteps: [ArrayStep] = []
  /// The places of numbers that never change.
  package internal(set) var constants: [(slot: Int, number: Double)] = []
  /// What memory holds besides before the first run.
  package internal(set) var constantArrays: [ConstantArray] = []
  /// The parameters in order.
  package internal(set) var parameters: [Variable] = []
  /// The results in order.
  package internal(set) var results: [Variable] = []
  /// How many places there are.
  package internal(set) var slotCount = 0
  /// The arrays for which memory grew, in the order in which it did.
  package internal(set) var claims: [MemoryClaim] = []
  /// How many tiles the loops hold at a time.
  package internal(set) var registerCount = 0
  /// How many numbers matrix products and products of others need besides operands and results.
  package internal(set) var packingCount = 0

  /// The indices of elements that have several, or one of a row.
  package internal(set) var elements: [[Index]] = []
  /// How many numbers a value of each stack has.
  package internal(set) var stackSizes: [Int] = []
  /// The frames: how many entries they have, and then where each stands and how many numbers it has.
  package internal(set) var frames: [Int] = []
  /// What each push puts onto its stack.
  package internal(set) var pushes: [MemoryClaim] = []

  /// The snapshots that sweeps keep.
  package internal(set) var snapshots: [Snapshots] = []

  /// What a sweep keeps of its turns, and where the turns of it and of its way back stand.
  package struct Snapshots: Sendable {
    /// How many there may be at a time.
    package let count: Int
    /// The numbers of a state: one after another the arrays and numbers that are carried.
    package let sizes: [Int]
    /// The turns forward.
    package internal(set) var sweep: Turns
    /// The turns that are taken again, and back.
    package internal(set) var revolve: Turns?

    /// How many numbers a state has.
    package var words: Int { sizes.reduce(0, +) }
  }

  /// Where turns find what they read.
  package struct Turns: Sendable {
    /// Where each part of the state starts.
    package internal(set) var state: [Int] = []
    /// Where the number of the turn stands.
    package internal(set) var counter = 0
    /// Where the number of the turn stands that is not taken any more.
    package internal(set) var limit = 0
    /// The first instruction of a turn back.
    package internal(set) var back = 0
  }

  /// An index of an element that is known when the program runs.
  package struct Index: Sendable {
    /// Where it stands.
    package let slot: Int
    /// The distance from one element to the next along the axis.
    package let stride: Int
    /// How many elements the axis has.
    package let size: Int
  }

  /// An array or number that is handed in or out.
  package struct Variable: Sendable {
    /// Where it starts.
    package let slot: Int
    /// What it is.
    package let element: ValueType.Element
    /// Its shape; that of a number has no dimensions.
    package let shape: [Int]

    /// How many elements it has.
    package var count: Int { shape.reduce(1, *) }
  }

  /// What a part of memory holds before the first run, and keeps.
  package struct ConstantArray: Sendable {
    package let slot: Int
    package let count: Int
    package let content: Content

    /// What the elements are.
    package enum Content: Sendable {
      case number(Double)
      case numbers([Double])
      case iota
      case random(Op, seed: Int)
    }
  }

  /// Adds an instruction that was made for `span`.
  mutating func append(_ instruction: Bytecode, _ span: Span) {
    code.append(instruction)
    spans.append(span)
  }

  /// How many parameters there are.
  package var parameterCount: Int { parameters.count }
}

/// One instruction of a program.
package struct Bytecode: Sendable {
  /// What is done.
  package enum Kind: UInt8, Sendable {
    /// Slot `target` becomes `op` of slots `a`, `b` and `c`.
    case compute
    /// The same of integers: the run ends unless the result is an integer.
    case computeInteger
    /// The same as `compute` of one operation: what machines make of that.
    case add, subtract, multiply, divide
    /// The same as `array` of one step, numbered `target` in its table: what machines make of that.
    case loop, smallProduct
    /// Slot `target` becomes slot `a`.
    case move
    /// The instruction numbered `target` is next.
    case jump
    /// The instruction numbered `target` is next; the jump numbered `a` will lead back to what follows.
    case call
    /// The instruction numbered `target` is next unless the condition in slot `a` holds.
    case jumpUnless
    /// The step on arrays numbered `target` is done.
    case array
    /// Slot `a` becomes 0; the instruction numbered `target` is next when there is no first turn: the
    /// limit in slot `b` is 0.
    case enter
    /// The same when the condition in slot `c` does not hold, too.
    case enterIf
    /// Slot `a` is one more; the instruction numbered `target` is next while it is below slot `b`.
    case next
    /// The same while the condition in slot `c` holds, too.
    case nextIf
    /// Slot `target` becomes the element of the array at `a` whose index, below `c`, is in slot `b`.
    case load
    /// The same with the indices of row `b` of `elements`.
    case loadMany
    /// The element of the array at `target` whose index, below `c`, is in slot `b` becomes slot `a`.
    case store
    /// The same with the indices of row `b` of `elements`.
    case storeMany
    /// Slot `a` is added to the element of the array at `target` whose index is in slot `b`.
    case addTo
    /// The same with the indices of row `b` of `elements`.
    case addToMany
    /// Slot `a` goes onto stack `target`; entry `b` of `pushes` describes it.
    case push
    /// The array at `a` goes onto stack `target`.
    case pushArray
    /// The entries of the frame at `a` in the table, `c` numbers, go onto stack `target`.
    case pushFrame
    /// Slot `target` becomes the top of stack `a`, which is taken off.
    case pop
    /// The array at `target` becomes the top of stack `a`, which is taken off.
    case popArray
    /// The entries of the frame at `target` in the table, `c` numbers, become the top of stack `a`, which
    /// is taken off.
    case popFrame
    /// Stack `target` becomes empty.
    case clear
    /// Stack `target` gets room for `b` values for each of as many turns as slot `a` says.
    case reserve
    /// Snapshots `target` are forgotten; there will be as many turns as slot `a` says.
    case begin
    /// Snapshots `a` are kept until there are turns forward to take, which follow; the instruction
    /// numbered `target` is next when all were taken.
    case sweep
    /// Snapshots `a` are kept and taken until there are turns forward to take, which follow, or one
    /// back; the instruction numbered `target` is next when all were taken back.
    case revolve
  }

  package internal(set) var kind: Kind
  package let op: Op
  package var target: UInt32
  package var a: UInt32 = 0
  package var b: UInt32 = 0
  package var c: UInt32 = 0
  /// Of the start and the end of a turn, whether something reads the number of the turn.
  var isNumbered = true
}

extension Bytecode {
  /// The same instruction as a machine runs it: what is often computed has a kind of its own.
  var specialized: Bytecode {
    guard kind == .compute else { return self }
    var instruction = self
    switch op {
    case .add: instruction.kind = .add
    case .subtract: instruction.kind = .subtract
    case .multiply: instruction.kind = .multiply
    case .divide: instruction.kind = .divide
    default: break
    }
    return instruction
  }
}
