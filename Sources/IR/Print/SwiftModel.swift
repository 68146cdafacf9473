import BPLexer

/// What an emitted Swift file is made of.
package struct SwiftModel: Sendable {
  /// The name of the enum that holds the functions.
  package let namespace: String
  /// The name of the file that it is made from, without folders.
  package let sourceName: String
  /// The version of the compiler.
  package let version: String
  /// Who may use what the file declares.
  package let access: SwiftAccess
  /// The text.
  package let source: Source
  /// The statements of the text.
  package let statements: [Span]
  /// The name of what is differentiated.
  package let result: String
  /// What the Jacobian has rows of; none where it is a gradient.
  package let rows: [SwiftRow]
  /// What the value is, as a sentence says it; nil where it is that.
  var valueSentence: String?
  /// The leaves, in the order of the parameters of the functions.
  package let leaves: [Leaf]
  /// What the leaves are when nothing is bound to them, where that is an array of known elements.
  package let defaultElements: [[Double]?]
  /// The names that it is differentiated with respect to.
  package let independents: [String]
  /// The function that gives the value, or the values that the Jacobian has rows of.
  package internal(set) var value: Function
  /// The function that gives this and then a derivative for each independent, or row by row one for each.
  package internal(set) var gradient: Function
  /// The function that gives the value, the derivatives, and the upper triangle of the second
  /// derivatives; nil when they are not asked for.
  package internal(set) var hessian: Function?

  /// The function that gives the value and then the product of the second derivatives with a direction, whose
  /// parts are further parameters; nil when it is not asked for.
  package internal(set) var product: Function?
  /// The type of the real numbers.
  package let scalar: SwiftScalar
  /// Whether there are functions over rows of data; only for programs of numbers.
  package let hasRows: Bool

  /// Creates the model of a file.
  package init(
    namespace: String, sourceName: String, version: String, access: SwiftAccess = .internal,
    source: Source, statements: [Span], result: String,
    rows: [SwiftRow] = [], leaves: [Leaf],
    defaultElements: [[Double]?] = [], independents: [String], value: Function,
    gradient: Function, hessian: Function?, product: Function? = nil,
    scalar: SwiftScalar = .double, hasRows: Bool = false
  ) {
    self.namespace = namespace
    self.sourceName = sourceName
    self.version = version
    self.access = access
    self.source = source
    self.statements = statements
    self.result = result
    self.rows = rows
    self.leaves = leaves
    self.defaultElements = defaultElements.isEmpty ? leaves.map { _ in nil } : defaultElements
    self.independents = independents
    self.value = value
    self.gradient = gradient
    self.hessian = hessian
    self.product = product
    self.scalar = scalar
    self.hasRows = hasRows
  }

  /// The sizes that the functions take as parameters after the leaves, since no count tells them.
  package var sizeParameters: [String] { SwiftSizes(leaves).parameters }

  /// Returns the name of the enum for a file called `file`: its words without ending, in upper camel
  /// case.
  package static func namespace(forFile file: String) -> String {
    namespace(forPath: file.split(separator: "/").last.map(String.init) ?? file)
  }

  /// Returns the name of the enum for a file at `path`: the words of its folders and then its own.
  package static func namespace(forPath path: String) -> String {
    let folders = path.split(separator: "/").dropLast()
    let base = path.split(separator: "/").last ?? ""
    let stem = base.split(separator: ".").first ?? base
    let words = (folders + [stem]).flatMap { part in
      part.split { !($0.isLetter || $0.isNumber) || !$0.isASCII }
    }
    let name = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    guard let first = name.first else { return "Model" }
    return first.isLetter && !SwiftNames.typeNames.contains(name) ? name : "Model" + name
  }

  /// Whether the enum may be called `name`.
  package static func isNamespace(_ name: String) -> Bool {
    guard let first = name.first, first.isLetter || first == "_", name != "_" else { return false }
    return name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      && !SwiftNames.typeNames.contains(name) && SwiftNames.escaped(name) == name
  }
}
