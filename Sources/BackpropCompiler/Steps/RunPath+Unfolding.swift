import BPIR
import BPInterp

extension RunPath {
  /// Replaces all conditionals and loops, so that the way is straight code.
  package mutating func straighten() throws(ProgramFailure) {
    try checkLength()
    while !unfolding.constructs.isEmpty {
      let decided = try decisions()
      let size = zip(unfolding.constructs, decided).reduce(function.instructions.count) {
        $0 + unfolding.size($1.0, $1.1)
      }
      guard size <= RunPath.longest else { throw .tooManySteps(size) }
      unfolding.unfold(decided) { _, _ in .whole }
    }
    resolve()
    unfolding.dropFurtherMarks()
  }

  /// Replaces all conditionals and loops where the way is short enough; where it is not, those that
  /// `nextLoop` wants to look into, until it returns nil.
  package mutating func explore(
    _ nextLoop: (RunPath) throws(ProgramFailure) -> Instruction?
  ) throws(ProgramFailure) {
    var whole = self
    do throws(ProgramFailure) {
      try whole.straighten()
      self = whole
    } catch {
      try checkLength()
      try takeArms()
      while let loop = try nextLoop(self) { try open(loop) }
    }
  }

  /// Replaces the conditionals.
  private mutating func takeArms() throws(ProgramFailure) {
    while unfolding.constructs.contains(where: { $0.op == .conditional }) {
      try unfold { construct, _ in construct.op == .conditional ? .whole : .none }
    }
  }

  /// Takes the turns of a loop apart, or cuts it into loops of fewer turns.
  private mutating func open(_ loop: Instruction) throws(ProgramFailure) {
    var cut = false
    try unfold { [unfolding] construct, turns in
      guard construct.firstResult == loop.firstResult else { return .none }
      let step = RunPath.step(turns: turns, size: unfolding.size(construct, turns))
      cut = step != .none
      return step
    }
    guard cut else { throw .tooManySteps(function.instructions.count) }
    try takeArms()
  }

  private mutating func unfold(
    _ step: (Instruction, Int) -> Unfolding.Step
  ) throws(ProgramFailure) {
    let decided = try decisions()
    unfolding.unfold(decided, step)
    try checkLength()
  }

  private func checkLength() throws(ProgramFailure) {
    let count = function.instructions.count
    guard count <= RunPath.longest else { throw .tooManySteps(count) }
  }

  /// Returns what becomes of a loop that is looked into, whose turns have `size` operations together.
  private static func step(turns: Int, size: Int) -> Unfolding.Step {
    let most = longest / 8
    guard size > most else { return .whole }
    let pieces = min(turns, 64, most / max(1, size / max(1, turns)))
    return pieces > 1 ? .pieces(pieces) : .none
  }
}

extension ProgramFailure {
  /// Returns the failure of a run that is too long to be shown.
  fileprivate static func tooManySteps(_ count: Int) -> ProgramFailure {
    .run(
      "the run has \(count) operations, and at most \(RunPath.longest) are shown step by step",
      advice: "let its loops take fewer turns")
  }
}
