import BPIR

/// How a program is emitted as Swift.
package struct SwiftStyle: Sendable {
  /// The name of the enum.
  package var namespace: String
  /// Who may use it.
  package var access: SwiftAccess
  /// The type of the real numbers.
  package var scalar: SwiftScalar
  /// Whether there are functions over rows of data, too.
  package var hasRows: Bool

  /// Creates the style of an enum called `namespace`.
  package init(
    namespace: String, access: SwiftAccess = .internal, scalar: SwiftScalar = .double,
    hasRows: Bool = false
  ) {
    self.namespace = namespace
    self.access = access
    self.scalar = scalar
    self.hasRows = hasRows
  }
}
