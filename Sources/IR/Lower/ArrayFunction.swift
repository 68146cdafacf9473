/// A function of the language that works on whole arrays, declared once: its parameters, what it
/// computes, and how it is made of operations, from which its derivative follows.
package struct ArrayFunction: Sendable {
  /// The name in programs.
  package let name: String
  /// The parameters in order.
  package let parameters: [Parameter]
  /// What it computes, in one sentence.
  package let sentence: String
  /// Whether the first parameter may stand any number of times.
  package let isVariadic: Bool
  /// Makes its value.
  let make: @Sendable (inout ArrayCall) -> Value?

  /// A parameter of such a function.
  package struct Parameter: Sendable {
    /// The name, which a call may give with `name:`.
    package let name: String
    /// What the documentation shows as its default; nil when a call has to give it.
    package let defaultText: String?
    /// Whether a call has to name it.
    package let needsLabel: Bool
  }

  init(
    _ name: String, _ parameters: [Parameter], _ sentence: String, isVariadic: Bool = false,
    make: @escaping @Sendable (inout ArrayCall) -> Value?
  ) {
    self.name = name
    self.parameters = parameters
    self.sentence = sentence
    self.isVariadic = isVariadic
    self.make = make
  }

  /// The way a program calls the function, with the defaults of its parameters.
  package var call: String {
    var list = parameters.map { parameter in
      parameter.defaultText.map { "\(parameter.name): \($0)" } ?? parameter.name
    }
    if isVariadic { list.insert("…", at: 1) }
    return "\(name)(\(list.joined(separator: ", ")))"
  }
}

extension ArrayFunction.Parameter: ExpressibleByStringLiteral {
  /// Creates a parameter that every call gives.
  package init(stringLiteral name: String) {
    self.init(name: name, defaultText: nil, needsLabel: false)
  }

  /// Returns a parameter that calls name, or leave out for what `text` says.
  static func labeled(_ name: String, default text: String) -> ArrayFunction.Parameter {
    ArrayFunction.Parameter(name: name, defaultText: text, needsLabel: true)
  }

  /// Returns a parameter that calls may leave out for what `text` says.
  static func optional(_ name: String, default text: String) -> ArrayFunction.Parameter {
    ArrayFunction.Parameter(name: name, defaultText: text, needsLabel: false)
  }

  /// The axis; without it everything is taken.
  static let axis = labeled("axis", default: "all")
  /// The axis; without it the last.
  static let lastAxis = labeled("axis", default: "-1")
  /// The axis; without it the first.
  static let firstAxis = labeled("axis", default: "0")
}
