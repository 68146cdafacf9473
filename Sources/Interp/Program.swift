import BPIR
import BPLexer

/// A function as flat bytecode over slots of memory: inert data that a `Machine` runs.
///
/// Slots hold Float64; conditions are 1 and 0, integers whole numbers. The first slots are the
/// constants, then come the parameters, then what instructions write; slots whose value is not read
/// again are used again.
package struct Program: Sendable {
  /// The code, run from the first instruction to the last, but for jumps.
  package internal(set) var code: [Bytecode] = []
  /// The source text of each instruction.
  package internal(set) var spans: [Span] = []
  /// What the first slots hold.
  package internal(set) var constants: [Double] = []
  /// How many parameters there are.
  package internal(set) var parameterCount = 0
  /// The slots of the results, in order.
  package internal(set) var results: [UInt32] = []
  /// How many slots there are.
  package internal(set) var slotCount = 0
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
  }

  package let kind: Kind
  package let op: Op
  package var target: UInt32
  package var a: UInt32 = 0
  package var b: UInt32 = 0
  package var c: UInt32 = 0
}

extension Program: CustomStringConvertible {
  /// The program as a listing: constants, then code, then results.
  package var description: String {
    var text = "slots \(slotCount), parameters \(parameterCount)\n"
    for (slot, constant) in constants.enumerated() { text += "r\(slot) = \(constant)\n" }
    for (index, instruction) in code.enumerated() { text += "\(index): \(instruction)\n" }
    return text + "return " + results.map { "r\($0)" }.joined(separator: ", ") + "\n"
  }
}

extension Bytecode: CustomStringConvertible {
  /// The instruction as the listing shows it.
  package var description: String {
    switch kind {
    case .compute:
      let count = op.info.isVariadic ? 2 : op.info.parameters.count
      let operands = [a, b, c].prefix(count).map { "r\($0)" }.joined(separator: ", ")
      return "r\(target) = \(op) \(operands)"
    case .move: return "r\(target) = r\(a)"
    case .jump: return "jump \(target)"
    case .jumpUnless: return "jump \(target) unless r\(a)"
    case .checkInteger: return "check integer r\(a)"
    }
  }
}
