/// The arguments of a command, sorted by the names that the command's description gives them.
struct GatheredArguments: Sendable {
  /// The texts of each option and positional argument that was given; a flag has none.
  private var texts: [String: [String]] = [:]
  /// The bindings, in order.
  private(set) var bindings: [Binding] = []
  /// The names that are bound.
  private var boundNames: Set<String> = []

  /// Whether the option or argument `name` was given.
  func has(_ name: String) -> Bool { texts[name] != nil }

  /// Returns every value of the option or argument `name`.
  func values(_ name: String) -> [String] { texts[name, default: []] }

  /// Returns the value of the option or argument `name`, if it was given.
  func value(_ name: String) -> String? { texts[name]?.last }

  /// Returns the choice that the value of the option `name` spells, if it was given.
  func word<Choice: RawRepresentable<String>>(_ name: String) -> Choice? {
    value(name).flatMap(Choice.init(rawValue:))
  }

  /// Returns the names that the values of the option `name` list.
  func names(_ name: String) -> [String] { values(name).flatMap(\.separatedNames) }

  /// Records a flag.
  mutating func record(flag name: String) {
    texts[name, default: []] += []
  }

  /// Records a value of the option or argument `name`.
  mutating func record(_ value: String, for name: String) {
    texts[name, default: []].append(value)
  }

  /// Records a binding, and returns whether it is the first of its name.
  mutating func record(_ binding: Binding) -> Bool {
    bindings.append(binding)
    return boundNames.insert(binding.name).inserted
  }
}

extension String {
  /// The parts between commas, without the blanks around them.
  var separatedNames: [String] {
    split(separator: ",", omittingEmptySubsequences: false).map { part in
      let start = part.drop { $0 == " " }
      return String(String(start.reversed().drop { $0 == " " }).reversed())
    }
  }
}
