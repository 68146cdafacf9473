/// The names of an emitted function: those of the source where they can be kept, each once.
struct SwiftNames {
  private var taken: Set<String>
  private var counts: [String: Int] = [:]
  /// Names that another one with a number shall not take, because the source has them.
  var sourceNames: Set<String> = []

  /// Creates names that differ from what the file calls by itself, and from `reserved`.
  init(reserved: Set<String> = []) {
    taken = reserved.union(SwiftNames.called)
  }

  /// Returns a name that is not used yet: `name`, or `name` with a number.
  mutating func unique(_ name: String) -> String {
    let name = name.allSatisfy { $0 == "_" } ? "blank" : name
    if taken.insert(name).inserted { return name }
    var count = counts[name, default: 1]
    var candidate = name
    repeat {
      count += 1
      candidate = name.last?.isNumber == true ? "\(name)v\(count)" : "\(name)\(count)"
    } while sourceNames.contains(candidate) || !taken.insert(candidate).inserted
    counts[name] = count
    return candidate
  }

  /// Returns `name` as Swift writes it where it is used.
  static func escaped(_ name: String) -> String {
    keywords.contains(name) ? "`\(name)`" : name
  }

  /// Returns the name of the constant that a leaf called `name` is by default.
  static func defaultName(_ name: String) -> String {
    "default\(name.prefix(1).uppercased())\(name.dropFirst())"
  }

  /// Returns the rules of the formatter that `name` breaks, as it must be kept.
  static func brokenRules(_ names: [String]) -> [String] {
    var rules: [String] = []
    if names.contains(where: { $0.first?.isUppercase == true || $0.dropFirst().contains("_") }) {
      rules.append("AlwaysUseLowerCamelCase")
    }
    if names.contains(where: { !$0.unicodeScalars.allSatisfy(\.isASCII) }) {
      rules.append("IdentifiersMustBeASCII")
    }
    return rules
  }

  /// The names that emitted code calls, which no value may hide.
  private static let called: Set<String> = {
    var names: Set<String> = [
      "abs", "max", "min", "Double", "Int", "Bool", "self", "Self", "Type", "Gradient",
    ]
    names.formUnion(SwiftHelper.allCases.map(\.name))
    for op in Op.allCases {
      if case .function(let name) = op.info.swift { names.insert(name) }
    }
    return names
  }()

  /// The types that a namespace may not hide.
  static let typeNames: Set<String> = [
    "Double", "Int", "Bool", "Swift", "Self", "Type", "Hashable", "Sendable", "Gradient", "Hessian",
    "Stack",
  ]

  private static let keywords: Set<String> = [
    "associatedtype", "class", "deinit", "enum", "extension", "fileprivate", "func", "import",
    "init", "inout", "internal", "let", "open", "operator", "private", "precedencegroup",
    "protocol", "public", "rethrows", "static", "struct", "subscript", "typealias", "var", "break",
    "case", "catch", "continue", "default", "defer", "do", "else", "fallthrough", "for", "guard",
    "if", "in", "repeat", "return", "throw", "switch", "where", "while", "Any", "as", "await",
    "false", "is", "nil", "self", "Self", "super", "throws", "true", "try", "Type",
  ]
}
