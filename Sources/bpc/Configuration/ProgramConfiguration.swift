import BPIR
import BPInterp
import BPLexer

/// What the `bpc.json` of a module says about one of its programs, besides its namespace.
struct ProgramConfiguration: Equatable {
  /// The program's path in the folder of the module.
  let path: String
  /// The name of what is differentiated, or nil for the result.
  var of: Name?
  /// The names that it is differentiated with respect to, or none for all.
  var wrt: [Name] = []
  /// Whether there are second derivatives, too.
  var hasHessian = false
  /// Whether there are functions over rows of data, too.
  var hasRows = false
  /// Who may use what is emitted, or nil for what holds in the module.
  var access: SwiftAccess?
  /// The numbers that it computes with, or nil for those of the module.
  var precision: Precision?

  /// The name of a value of the program.
  struct Name: Equatable {
    /// The name.
    let text: String
    /// Where it stands in the file.
    let span: Span
  }

  /// The keys that a program may have: the words of the options.
  enum Key: String, CaseIterable {
    case name, of, wrt, hessian, batch, access, precision
  }
}
