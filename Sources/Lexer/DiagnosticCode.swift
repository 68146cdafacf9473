/// The stable number of a kind of message, with what `bpc help BP0012` says about it.
///
/// A number is never used for another mistake, so that a search for it finds the right page.
package enum DiagnosticCode: Int, Hashable, Sendable, CaseIterable {
  case invalidText = 1
  case unexpectedCharacter = 2
  case malformedNumber = 3
  case numberOutOfRange = 4
  case expectedExpression = 5
  case expectedOperator = 6
  case unbalancedBracket = 7
  case nestedTooDeeply = 8
  case chainedComparison = 9
  case malformedStatement = 10
  case misplacedStatement = 11
  case unknownFunction = 12
  case nameUsedBeforeDefinition = 13
  case nameOfOneBranch = 14
  case redeclaredName = 15
  case wrongArguments = 16
  case wrongType = 17
  case recursion = 18
  case reservedForLater = 19
  case noResult = 20
  case notDifferentiable = 21
  case nothingToDifferentiate = 22
  case unknownName = 23
  case unboundName = 24
  case invalidBinding = 25
  case programTooLarge = 26
  case integerOverflow = 27
  case notFinite = 28
  case notConstant = 29
  case malformedIR = 30
  case missingElse = 31
  case unusedName = 32
  case gradientMismatch = 33
}

extension DiagnosticCode: CustomStringConvertible {
  /// The code as messages show it: `BP0012`.
  package var description: String {
    let digits = String(rawValue)
    return "BP" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Creates the code that is written `text`, in either case.
  package init?(_ text: String) {
    guard let code = DiagnosticCode.allCases.first(where: { $0.description == text.uppercased() })
    else { return nil }
    self = code
  }
}
