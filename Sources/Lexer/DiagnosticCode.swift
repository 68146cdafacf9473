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
  case noResult = 20
  case malformedIndex = 21
  case malformedShape = 22
  case shapeMismatch = 23
  case wrongAxis = 24
  case wrongShape = 25
  case programTooLarge = 26
  case integerOverflow = 27
  case wrongIndex = 28
  case notConstant = 29
  case malformedIR = 30
  case missingElse = 31
  case derivativeIsZero = 40
  case derivativeThroughTurns = 41
  case memoryExceeded = 50
  case runStopped = 51
  case notFinite = 52
  case kink = 53
  case malformedConfiguration = 60
  case equalNamespaces = 61
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

extension DiagnosticCode {
  /// What `bpc help` says about the mistake, and how it is mended.
  package var explanation: String {
    switch self {
    case .invalidText: "The file is not UTF-8 text. Save it as UTF-8."
    case .unexpectedCharacter:
      "The character is no part of the language. Signs such as × and − have plain spellings."
    case .malformedNumber:
      "Numbers are written 12, 0.5, .5, 1e-3 or 1_000: a digit follows the point."
    case .numberOutOfRange: "Float64 holds no number so large or so small."
    case .expectedExpression: "A value should stand here: a number, a name, a call, a bracket."
    case .expectedOperator:
      "Two values stand side by side. A product is written with '*', and statements on one line are "
        + "separated by ';'."
    case .unbalancedBracket: "Every bracket needs its partner."
    case .nestedTooDeeply: "Brackets and blocks may be nested 10,000 deep."
    case .chainedComparison: "a < b < c is written a < b and b < c."
    case .malformedStatement: "The statement lacks a part, such as a name or a '{'."
    case .misplacedStatement: "The statement may not stand in this place."
    case .unknownFunction: "No function of this name exists. 'bpc help functions' lists them."
    case .nameUsedBeforeDefinition:
      "A name stands for what was defined above its use. A name that is defined only below is not free."
    case .nameOfOneBranch:
      "A name that only one branch of an 'if' defines has no value after it, and a name that a turn of "
        + "a loop first defines has none after the turn. Define it in both branches, or before."
    case .redeclaredName: "The name is taken already."
    case .wrongArguments: "The call gives other arguments than the function takes."
    case .wrongType:
      "Numbers, conditions, tuples and functions are different things, and here stands the wrong one."
    case .recursion: "A function may call only functions that stand above it."
    case .noResult: "The program or function ends without a value."
    case .malformedIndex:
      "Elements are taken with x[0], x[i, j], x[1..<4], x[1...3], x[0..<9 by 2] and A[:, 0]."
    case .malformedShape:
      "A shape is written [3, 5] or [n, 4]: whole numbers, and names for the sizes that data gives."
    case .shapeMismatch:
      "Shapes are aligned at the end; dimensions are the same, or one of them is 1 and is stretched. "
        + "Of a matrix product the inner dimensions are the same."
    case .wrongAxis: "An axis is a number from 0 on, or from -1 down to count from the last one."
    case .wrongShape: "A shape is a list of whole numbers and sizes, none of them below 0."
    case .programTooLarge: "With its calls expanded the program has too many operations."
    case .wrongIndex:
      "An index is a whole number, from 0 on or from -1 down to count from the end. A range takes as "
        + "many elements as follow from literals, sizes and whole inputs."
    case .integerOverflow:
      "Integers are exact between -2^53 and 2^53. Real numbers go further: write 1.0*n."
    case .notConstant: "A default is made of numbers and constants only."
    case .malformedIR: "The text is not IR as 'bpc grad --emit-ir' prints it."
    case .derivativeIsZero:
      "Nothing that the value is computed from leads to what it is differentiated by. A derivative is "
        + "that by the version of a name which stands where it is asked for."
    case .derivativeThroughTurns:
      "A derivative is the total one, through earlier turns of a loop too. Where turns carry it along "
        + "it is taken by a single number, and does not depend on itself."
    case .memoryExceeded:
      "The values of the run take more memory than it may hold: '--memory 8G' says how much that is, "
        + "and without it half of what the machine has."
    case .runStopped:
      "The loops of a run take 10^9 turns together, or as many as '--max-steps' says. In a session "
        + "Ctrl-C stops a run, too."
    case .notFinite:
      "A value or a derivative is NaN or infinite. The message names the operation that made it so first, "
        + "with the numbers that it was given. '--no-blame' leaves the message out."
    case .kink:
      "Where a function has a kink, one of its slopes is taken as docs/Language.md says. '--trace' tells "
        + "of each one that a run hit."
    case .malformedConfiguration:
      "bpc.json says how the programs of a module are emitted as Swift. Its keys are \"access\", "
        + "\"precision\", \"names\" with files and their namespaces, and \"files\" with files and what holds "
        + "for each: \"name\", \"of\", \"wrt\", \"hessian\", \"batch\", \"access\" and \"precision\"."
    case .equalNamespaces:
      "Each program of a module is emitted as an enum of its own. Its name is made of the path in the "
        + "folder of the module, or stands in bpc.json."
    case .missingElse: "An 'if' that is used as a value needs both branches."
    }
  }
}
