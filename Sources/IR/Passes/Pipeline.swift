extension Function {
  /// Returns the function with constants folded, laws applied, equal instructions made once and dead
  /// code left out, after something else replaced parts of it.
  ///
  /// Folding, laws and sharing happen as instructions are made, so that each sees what the others
  /// left; the second walk leaves out what the first made useless.
  package func simplified() -> Function {
    rewritten(simplifying: true) { _, _ in nil }.withoutDeadCode()
  }

  /// Returns the function without the instructions that no result depends on.
  package func withoutDeadCode() -> Function {
    rewritten(simplifying: false, sharing: false) { _, _ in nil }
  }

  /// Returns the function as it is run and printed, after the last differentiation.
  package func finished() -> Function {
    mappingCallees { $0.finished() }
      .withoutMarks()  // first, for the laws and sharing to see through them
      .withDerivedExpanded()  // after the marks, so that one exp serves all that is made of it
      .withoutDeadCode()  // then: the others leave behind what they replaced
      .withoutUncalledFunctions()
  }

  /// Returns the same without any simplification, which must give the same values.
  package func finishedPlainly() -> Function {
    mappingCallees { $0.finishedPlainly() }
      .withoutMarks(simplifying: false).withDerivedExpanded(simplifying: false)
  }

  /// Returns the function with each mark replaced by what it marks.
  package func withoutMarks(simplifying: Bool = true) -> Function {
    guard contains(.mark) else { return self }
    return rewritten(simplifying: simplifying, sharing: simplifying) { rewriter, instruction in
      guard instruction.op == .mark else { return nil }
      return rewriter.mappedOperands(instruction)
    }
  }
}
