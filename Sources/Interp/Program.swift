import BPIR
import BPLexer

/// A function as flat bytecode over places of memory: inert data that a `Machine` runs.
///
/// Places hold floating-point numbers; conditions are 1 and 0, integers whole numbers. A number takes
/// one place and an array one for each element. The first places are the constants, then come the
/// parameters, then what instructions write; places whose value is not read again are used again.
package struct Program: Sendable {
  /// The code, run from the first instruction to the last, but for jumps.
  package internal(set) var code: [Bytecode] = []
  /// The source text of each instruction.
  package internal(set) var spans: [Span] = []
  /// What instructions do that work on arrays.
  package internal(set) var arraySteps: [ArrayStep] = []
  /// What the first slots hold.
  package internal(set) var constants: [Double] = []
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
  /// How many places the operands of the widest loop have.
  package internal(set) var loopPlaceCount = 0
  /// How many numbers matrix products and products of others need besides operands and results.
  package internal(set) var packingCount = 0

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

  /// How many parameters there are.
  package var parameterCount: Int { parameters.count }
}

/// One instruction of a program.
package struct Bytecode: Sendable {
  /// What is done.
  package enum Kind: UInt8, Sendable {
    /// Slot `target` becomes `op` of slots `a`, `b` and `c`.
    case compute
    /// Slot `target` becomes slot `a`.
    case move
    /// The instruction numbered `target` is next.
    case jump
    /// The instruction numbered `target` is next unless the condition in slot `a` holds.
    case jumpUnless
    /// The run ends unless slot `a` holds an integer.
    case checkInteger
    /// The step on arrays numbered `target` is done.
    case array
  }

  package let kind: Kind
  package let op: Op
  package var target: UInt32
  package var a: UInt32 = 0
  package var b: UInt32 = 0
  package var c: UInt32 = 0
}
