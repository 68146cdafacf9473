import BPIR
import BPInterp

extension Function {
  /// Returns the results for arrays, as the tool computes them; nil where the run ends early.
  package func run(_ arguments: [Tensor], plainly: Bool = false) -> [Tensor]? {
    let machine = Machine(compile(plainly ? finishedPlainly() : finished()))
    return machine.tensors(for: arguments)
  }
}

extension Machine {
  /// Returns the results for arrays; nil where the run ends early.
  package func tensors(for arguments: [Tensor]) -> [Tensor]? {
    do {
      try run(arguments)
      return program.results.indices.map { tensor($0) }
    } catch {
      return nil
    }
  }
}
