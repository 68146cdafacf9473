import BPIR
import BPInterp
import BPLexer

extension RunPath {
  /// Looks into loops until it is known which operation made a result not finite, and returns what tells.
  package mutating func blame(_ resultNames: [String]) throws(ProgramFailure) -> Blame {
    try explore { path throws(ProgramFailure) in
      Blame(try StraightValues(path, resultNames)).loop
    }
    return Blame(try StraightValues(self, resultNames))
  }

  /// Looks into loops until it is known which operation made the objective or a derivative of it not
  /// finite, and returns the run.
  ///
  /// - Parameter blames: whether that is looked for; only loops of a few turns are looked into otherwise.
  package mutating func run(
    _ objective: Objective, blames: Bool
  ) throws(ProgramFailure) -> StraightRun {
    try explore { path throws(ProgramFailure) in
      blames ? try StraightRun(path, objective, namesFor: .sentence).loopToBlame : nil
    }
    return try StraightRun(self, objective, namesFor: .sentence)
  }

  /// Returns the turn of a loop that an operation belongs to as the end of a sentence.
  func turnText(of instruction: Instruction) -> String {
    let turns = unfolding.turns(of: instruction).reversed().map { "turn \($0 + 1)" }
    return turns.isEmpty ? "" : ", in \(turns.joined(separator: " of "))"
  }
}
