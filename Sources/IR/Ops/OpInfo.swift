/// The row of an operation: all that is known of it, declared once.
package final class OpInfo: Sendable {
  /// The name in the text of the IR and, for a function of the language, in programs.
  package let name: String
  /// What it computes, in one sentence.
  package let sentence: String
  /// The parameters when programs may call it by name, and the operands in any case.
  package let parameters: [Parameter]
  /// Whether programs may call it by name.
  package let isCallable: Bool
  /// Whether the last parameter may stand any number of times.
  package let isVariadic: Bool
  /// How the type of the result follows from those of the operands.
  package let type: TypeRule
  /// What holds of it.
  package let traits: Traits
  /// How its value is computed.
  package let meaning: Meaning
  /// How Swift writes it.
  package let swift: SwiftSpelling
  /// Its derivative.
  package let rule: Rule
  /// How people write it, where the formula that is computed takes care of rounding and they do not.
  package let reading: Formula?

  /// A parameter of a function.
  package struct Parameter: Sendable {
    /// The name, which a call may give with `name:`.
    package let name: String
    /// The value that it has when a call leaves it out.
    package let defaultValue: Double?
  }

  /// What holds of an operation, and lets passes treat it without knowing it.
  package struct Traits: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The operands may change places.
    package static let commutative = Traits(rawValue: 1)
    /// f(-x) is f(x).
    package static let even = Traits(rawValue: 2)
    /// Every system gives the same bits: IEEE 754 rounds it correctly.
    package static let exact = Traits(rawValue: 4)
  }

  /// How the value of an operation is computed.
  package enum Meaning: Sendable {
    /// By the line of `kernel(_:_:_:_:)`.
    case kernel
    /// As this formula, which replaces the operation after the last differentiation.
    case formula(Formula)
    /// By the compiler's own treatment of the construct.
    case structure
  }

  /// The derivative of an operation.
  package enum Rule: Sendable {
    /// The adjoint of each operand, linear in the adjoint of the result; its sum over the operands,
    /// with their tangents in place of that adjoint, is the tangent of the result.
    case pullback([Formula])
    /// The same, for any number of operands. Where there is a scale, the adjoint of the result is
    /// first replaced by what it gives, once for all operands.
    case variadicPullback(
      scale: @Sendable (Int) -> Formula?, @Sendable (Int) -> [Formula])
    /// Zero wherever it exists.
    case zero
    /// By the differentiator's own treatment of the construct.
    case structure
  }

  init(
    name: String, sentence: String, parameters: [Parameter], isCallable: Bool, isVariadic: Bool,
    type: TypeRule, traits: Traits, meaning: Meaning, swift: SwiftSpelling, rule: Rule,
    reading: Formula? = nil
  ) {
    self.name = name
    self.sentence = sentence
    self.parameters = parameters
    self.isCallable = isCallable
    self.isVariadic = isVariadic
    self.type = type
    self.traits = traits
    self.meaning = meaning
    self.swift = swift
    self.rule = rule
    self.reading = reading
    isCommutative = traits.contains(.commutative)
  }

  /// Whether the operands may change places.
  package let isCommutative: Bool

  /// Returns whether an instruction may have `count` operands.
  package func takes(_ count: Int) -> Bool {
    isVariadic ? count >= parameters.count : count == parameters.count
  }

  /// The fewest arguments that a call gives.
  package var fewestArguments: Int { parameters.count { $0.defaultValue == nil } }
}

/// How Swift writes an operation.
package enum SwiftSpelling: Sendable {
  /// Between two operands.
  case infix(String)
  /// Before the operand.
  case prefix(String)
  /// As a function of the platform's mathematics library or of Swift.
  case function(String)
  /// After the operand.
  case method(String)
  /// As a helper that the emitted file brings along.
  case helper(SwiftHelper)
  /// In a way of its own, or never, because it is replaced before.
  case special
}
