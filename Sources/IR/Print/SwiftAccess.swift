/// Who may use what an emitted file declares.
package enum SwiftAccess: String, CaseIterable, Sendable {
  /// The module that the file belongs to.
  case `internal`
  /// The package of that module.
  case package
  /// Everybody.
  case `public`

  /// What stands before a declaration, with a blank behind it; a file says nothing of its own module.
  var modifier: String { self == .internal ? "" : "\(rawValue) " }
}
