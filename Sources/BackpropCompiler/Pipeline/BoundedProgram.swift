import BPAD
import BPIR
import BPInterp

/// A program that stays within a bound of memory as far as snapshots of loops can make it.
package struct BoundedProgram {
  /// The function after all differentiation.
  package let function: Function
  /// Its bytecode.
  package let program: Program
  /// The loops of which snapshots are kept, in the order of their sweeps.
  package let loops: [Checkpoints]

  /// Returns how many turns each of the loops takes for `arguments`; nil where that follows only from
  /// running a loop.
  package func turns(_ arguments: [Tensor]?) -> [Int?] {
    function.instructions.filter { $0.op == .sweep }.map { sweep in
      var counting = function
      counting.results = [function.operand(0, of: sweep)]
      return counting.withoutDeadCode().number(arguments)
    }
  }
}

extension Function {
  /// Returns the only result, an integer, where it follows from `arguments` without a loop.
  fileprivate func number(_ arguments: [Tensor]?) -> Int? {
    if let number = constant(results[0]) { return Int(exactly: number) }
    guard let arguments, !contains(.loop), !contains(.sweep) else { return nil }
    let machine = Machine(compile(self))
    do {
      try machine.run(arguments)
      return Int(exactly: max(0, machine.result(0)))
    } catch {
      return nil
    }
  }
}

extension Compiler {
  /// SSA of any kind, for arrays of known sizes → bytecode that stays within the bound
  ///
  /// What the values take besides comes off the bound first, and what is left is for snapshots. The
  /// function with snapshots may hold a few values more, which are taken off in a second round.
  package func bounded(_ function: Function) -> BoundedProgram {
    let whole = function.finished()
    var bounded = BoundedProgram(function: whole, program: BPInterp.compile(whole), loops: [])
    guard let bound, whole.contains(.loop) else { return bounded }
    for _ in 0..<2 {
      let own = bounded.program.slotCount * precision.byteCount
      let (function, loops) = checkpointed(whole, within: max(0, bound - own))
      guard !loops.isEmpty else { return bounded }
      bounded = BoundedProgram(
        function: function, program: BPInterp.compile(function), loops: loops)
    }
    return bounded
  }
}
