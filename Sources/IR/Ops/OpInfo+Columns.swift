// How rows are written: one maker for each shape of row.

extension OpInfo {
  /// The row of a function of one real number, `x`.
  static func unary(
    _ name: String, _ sentence: String, isCallable: Bool = true, swift: SwiftSpelling,
    traits: Traits = [], rule: Rule, reading: Formula? = nil
  ) -> OpInfo {
    function(
      name, ["x"], sentence, isCallable: isCallable, swift: swift, traits: traits, rule: rule,
      reading: reading)
  }

  /// The row of a function of real numbers with a kernel.
  static func function(
    _ name: String, _ parameters: [Parameter], _ sentence: String, isCallable: Bool = true,
    type: TypeRule = .real, swift: SwiftSpelling, traits: Traits = [], rule: Rule,
    reading: Formula? = nil
  ) -> OpInfo {
    OpInfo(
      name: name, sentence: sentence, parameters: parameters, isCallable: isCallable,
      isVariadic: false, type: type, traits: traits, meaning: .kernel, swift: swift, rule: rule,
      reading: reading)
  }

  /// The row of a function of one real number that a formula gives.
  static func derived(
    _ name: String, _ sentence: String, isCallable: Bool = true,
    _ meaning: (_ x: Formula) -> Formula, rule: Rule, reading: Formula? = nil
  ) -> OpInfo {
    derived(
      name, ["x"], sentence, isCallable: isCallable, meaning(.operand(0)), rule: rule,
      reading: reading)
  }

  /// The row of a function of real numbers that a formula gives.
  static func derived(
    _ name: String, _ parameters: [Parameter], _ sentence: String, isCallable: Bool = true,
    _ meaning: Formula, rule: Rule, reading: Formula? = nil
  ) -> OpInfo {
    OpInfo(
      name: name, sentence: sentence, parameters: parameters, isCallable: isCallable,
      isVariadic: false, type: .real, traits: [], meaning: .formula(meaning), swift: .special,
      rule: rule, reading: reading)
  }

  /// The row of an operation that programs write with an operator, or not at all.
  static func operation(
    _ name: String, _ parameters: [Parameter], _ sentence: String, type: TypeRule,
    swift: SwiftSpelling, traits: Traits = .exact, rule: Rule
  ) -> OpInfo {
    OpInfo(
      name: name, sentence: sentence, parameters: parameters, isCallable: false, isVariadic: false,
      type: type, traits: traits, meaning: .kernel, swift: swift, rule: rule)
  }

  /// The row of a choice among two or more numbers.
  static func choice(_ name: String, _ sentence: String, swift: SwiftHelper, rule: Rule) -> OpInfo {
    OpInfo(
      name: name, sentence: sentence, parameters: ["a", "b"], isCallable: true, isVariadic: true,
      type: .arithmetic, traits: .exact, meaning: .kernel, swift: .helper(swift),
      rule: rule)
  }

  /// The row of an operation on whole arrays, which its attribute describes.
  static func array(
    _ name: String, _ parameters: [Parameter], _ sentence: String, isVariadic: Bool = false,
    rule: Rule = .structure
  ) -> OpInfo {
    OpInfo(
      name: name, sentence: sentence, parameters: parameters, isCallable: false,
      isVariadic: isVariadic, type: .array, traits: [], meaning: .structure, swift: .special,
      rule: rule)
  }

  /// The row of a construct that each part of the compiler treats in its own way.
  static func structure(
    _ name: String, _ sentence: String, parameters: [Parameter] = [], type: TypeRule = .structure
  ) -> OpInfo {
    OpInfo(
      name: name, sentence: sentence, parameters: parameters, isCallable: false,
      isVariadic: parameters.isEmpty,
      type: type, traits: [], meaning: .structure, swift: .special, rule: .structure)
  }
}

extension OpInfo.Parameter: ExpressibleByStringLiteral {
  /// Creates a parameter without a default.
  package init(stringLiteral name: String) { self.init(name: name, defaultValue: nil) }
}

// The number of parameters tells the three apart, and rules read best with one name.
// swift-format-ignore: AmbiguousTrailingClosureOverload
extension OpInfo.Rule {
  /// The rule of an operation with one operand.
  static func pullback(_ rule: (_ x: Formula, _ y: Formula, _ dy: Formula) -> Formula)
    -> OpInfo.Rule
  {
    .pullback([rule(.operand(0), .result, .adjoint)])
  }

  /// The rule of an operation with two operands.
  static func pullback(
    _ rule: (_ a: Formula, _ b: Formula, _ y: Formula, _ dy: Formula) -> (Formula, Formula)
  ) -> OpInfo.Rule {
    let (a, b) = rule(.operand(0), .operand(1), .result, .adjoint)
    return .pullback([a, b])
  }

  /// The rule of an operation with three operands.
  static func pullback(
    _ rule: (_ a: Formula, _ b: Formula, _ c: Formula, _ y: Formula, _ dy: Formula) -> (
      Formula, Formula, Formula
    )
  ) -> OpInfo.Rule {
    let (a, b, c) = rule(.operand(0), .operand(1), .operand(2), .result, .adjoint)
    return .pullback([a, b, c])
  }

  /// The rule of a choice: the adjoint goes to the operand that is chosen, in equal shares to those
  /// that tie.
  static func shares(beats: @escaping @Sendable (Formula, Formula) -> Formula) -> OpInfo.Rule {
    let scale: @Sendable (Int) -> Formula? = { $0 == 2 ? nil : .adjoint / ties(0..<$0) }
    return .variadicPullback(scale: scale) { count in
      guard count == 2 else {
        return (0..<count).map { choose(equal(.operand($0), .result), .adjoint, 0) }
      }
      let (a, b) = (Formula.operand(0), Formula.operand(1))
      let share = choose(equal(a, b), 0.5 * .adjoint, .adjoint)
      return [choose(beats(a, b), share, 0), choose(beats(b, a), share, 0)]
    }
  }

  /// Returns how many of the operands in `range` are the result, as a sum that is split in halves.
  private static func ties(_ range: Range<Int>) -> Formula {
    guard range.count > 1 else { return choose(equal(.operand(range.lowerBound), .result), 1, 0) }
    let middle = range.lowerBound + range.count / 2
    return ties(range.lowerBound..<middle) + ties(middle..<range.upperBound)
  }
}
