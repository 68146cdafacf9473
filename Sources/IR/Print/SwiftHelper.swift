/// A function that an emitted file brings along when its code calls it.
package enum SwiftHelper: String, CaseIterable, Sendable {
  case minimum, maximum, modulo, integerModulo, integerPower, hypot
  case cbrt, halfExp, sinh, tanh, tanhOfHalf, asinh, acosh, atanh
  case lgamma, digamma, polygamma, sinc
  case sumOfElements, productOfElements, largestElement, smallestElement
  case placeOfLargest, placeOfSmallest, euclideanNorm
  case cumulativeSums, productsOfOthers, productsOfOthersReplacing, multiplyMatrices
  case uniformNumber, normalNumber, checkIndex, checkSlice, stack, withElements
  case addToPartials, sumOfPartials, sumsOfColumns
  case plus, minus, times, over, negated
  case isSame, isOther, isLess, isAtMost, isGreater, isAtLeast

  /// The name that the file gives to the function.
  package var name: String {
    switch self {
    case .lgamma: "lgammaAbsolute"
    case .hypot: "hypotenuse"
    case .cbrt: "accurateCbrt"
    case .sinh: "accurateSinh"
    case .tanh: "accurateTanh"
    case .asinh: "accurateAsinh"
    case .acosh: "accurateAcosh"
    case .atanh: "accurateAtanh"
    case .productsOfOthersReplacing: "productsOfOthers"
    case .stack: "Stack"
    case .addToPartials: "addElements"
    default: rawValue
    }
  }

  /// The helpers that this one calls.
  var requirements: [SwiftHelper] {
    switch self {
    case .polygamma: [.digamma]
    case .sinh, .tanh: [.halfExp]
    case .normalNumber: [.uniformNumber]
    case .sumsOfColumns: [.sumOfElements]
    default: []
    }
  }

  /// Whether the text calls the platform's mathematics library.
  var usesLibrary: Bool {
    switch self {
    case .minimum, .maximum, .integerModulo, .sumOfElements, .productOfElements, .largestElement,
      .smallestElement, .placeOfLargest, .placeOfSmallest, .cumulativeSums,
      .productsOfOthers, .productsOfOthersReplacing, .multiplyMatrices, .uniformNumber, .checkIndex,
      .checkSlice, .stack, .withElements, .addToPartials, .sumOfPartials, .sumsOfColumns, .plus,
      .minus, .times,
      .over, .negated, .isSame, .isOther, .isLess,
      .isAtMost,
      .isGreater, .isAtLeast:
      false
    default: true
    }
  }

  /// Returns the helper that computes `op` of a sequence.
  static func reduction(_ op: Op) -> SwiftHelper? {
    switch op {
    case .sum: .sumOfElements
    case .product: .productOfElements
    case .reduceMaximum: .largestElement
    case .reduceMinimum: .smallestElement
    case .argmax: .placeOfLargest
    case .argmin: .placeOfSmallest
    case .norm: .euclideanNorm
    default: nil
    }
  }

  /// The text of the function at the top level of a file.
  package var text: String {
    switch self {
    case .minimum:
      """
      /// Returns the smaller number, and NaN where one is NaN.
      func minimum(_ a: Double, _ b: Double) -> Double {
        a < b || a.isNaN ? a : b
      }
      """
    case .maximum:
      """
      /// Returns the larger number, and NaN where one is NaN.
      func maximum(_ a: Double, _ b: Double) -> Double {
        a > b || a.isNaN ? a : b
      }
      """
    case .modulo:
      """
      /// Returns the remainder of `a / b` with the sign of `b`.
      func modulo(_ a: Double, _ b: Double) -> Double {
        let remainder = fmod(a, b)
        return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
      }
      """
    case .integerModulo:
      """
      /// Returns the remainder of `a / b` with the sign of `b`.
      func integerModulo(_ a: Int, _ b: Int) -> Int {
        let remainder = a % b
        return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
      }
      """
    case .integerPower:
      """
      /// Returns `x` to the whole power `k`, up to 64 by repeated squaring.
      func integerPower(_ x: Double, _ k: Int) -> Double {
        if k.magnitude > 64 { return pow(x, Double(k)) }
        var exponent = k.magnitude
        var square = x
        var power = 1.0
        while exponent > 0 {
          if exponent % 2 == 1 { power *= square }
          square *= square
          exponent /= 2
        }
        return k < 0 ? 1 / power : power
      }
      """
    case .hypot:
      """
      /// Returns the length of (a, b), and NaN where one is NaN, also beside an infinity.
      func hypotenuse(_ a: Double, _ b: Double) -> Double {
        a.isNaN || b.isNaN ? .nan : hypot(a, b)
      }
      """
    case .cbrt: SwiftPrelude.accurateCbrt
    case .halfExp: SwiftPrelude.halfExp
    case .sinh: SwiftPrelude.accurateSinh
    case .tanh: SwiftPrelude.accurateTanh
    case .tanhOfHalf: SwiftPrelude.tanhOfHalf
    case .asinh: SwiftPrelude.accurateAsinh
    case .acosh: SwiftPrelude.accurateAcosh
    case .atanh: SwiftPrelude.accurateAtanh
    case .lgamma: SwiftPrelude.lgammaAbsolute
    case .digamma: SwiftPrelude.digamma
    case .polygamma: SwiftPrelude.polygamma
    case .sinc: SwiftPrelude.sinc
    case .sumOfElements: SwiftArrayPrelude.sum
    case .sumsOfColumns: SwiftArrayPrelude.sumsOfColumns
    case .productOfElements: SwiftArrayPrelude.product
    case .largestElement: SwiftArrayPrelude.largest
    case .smallestElement: SwiftArrayPrelude.smallest
    case .placeOfLargest: SwiftArrayPrelude.placeOfLargest
    case .placeOfSmallest: SwiftArrayPrelude.placeOfSmallest
    case .euclideanNorm: SwiftArrayPrelude.norm
    case .cumulativeSums: SwiftArrayPrelude.cumulativeSums
    case .productsOfOthers: SwiftArrayPrelude.productsOfOthers
    case .productsOfOthersReplacing: SwiftArrayPrelude.productsOfOthersReplacing
    case .multiplyMatrices: SwiftArrayPrelude.multiplyMatrices
    case .uniformNumber: SwiftArrayPrelude.uniformNumber
    case .normalNumber: SwiftArrayPrelude.normalNumber
    case .checkIndex: SwiftArrayPrelude.checkIndex
    case .checkSlice: SwiftArrayPrelude.checkSlice
    case .stack: SwiftArrayPrelude.stack
    case .addToPartials: SwiftArrayPrelude.addToPartials
    case .sumOfPartials: SwiftArrayPrelude.sumOfPartials
    case .withElements: SwiftArrayPrelude.withElements
    case .plus, .minus, .times, .over, .negated, .isSame, .isOther, .isLess, .isAtMost, .isGreater,
      .isAtLeast:
      operatorText ?? ""
    }
  }
}
