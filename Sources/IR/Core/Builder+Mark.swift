extension Builder {
  /// How far a function was built, to go back to.
  package struct Mark {
    fileprivate let function: Function.Mark
    fileprivate let openRegions: [RegionID]
  }

  /// How far the function is built.
  package var mark: Mark { Mark(function: function.mark, openRegions: openRegions) }

  /// Takes back all that was made since `mark`.
  ///
  /// - Precondition: no symbols were substituted since then.
  package mutating func rollBack(to mark: Mark) {
    function.rollBack(to: mark.function, openRegions: mark.openRegions)
    setOpenRegions(mark.openRegions)
  }
}

extension Function {
  /// How far a function has grown.
  struct Mark {
    let values: Int
    let instructions: Int
    let regions: Int
    let operands: Int
    let attributes: Int
    let parameters: Int
    let names: Int
  }

  /// Takes back all that was made since `mark`, when the regions `openRegions` were open.
  mutating func rollBack(to mark: Mark, openRegions: [RegionID]) {
    for region in openRegions {
      while let last = regions[region.position].instructions.last,
        last.position >= mark.instructions
      {
        regions[region.position].instructions.removeLast()
      }
    }
    instructions.removeSubrange(mark.instructions...)
    regions.removeSubrange(mark.regions...)
    parameters.removeSubrange(mark.parameters...)
    parameterNames.removeSubrange(mark.parameters...)
    names.removeSubrange(mark.names...)
    rollBackPools(to: mark)
  }
}
