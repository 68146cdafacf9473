import BPIR
import BPInterp
import BPLexer

/// What the `bpc.json` of a module says about the Swift that its programs are emitted as.
struct ModuleConfiguration: Equatable {
  /// Who may use what is emitted.
  var access = SwiftAccess.internal
  /// The numbers that it computes with.
  var precision = Precision.float64
  /// The namespaces of programs, in the order of the file.
  var names: [Name] = []
  /// What else is said of single programs, in the order of the file.
  var programs: [ProgramConfiguration] = []

  /// The namespace of a program.
  struct Name: Equatable {
    /// The program's path in the folder of the module.
    let path: String
    /// The namespace.
    let namespace: String
  }

  /// The keys that the file may have.
  enum Key: String, CaseIterable {
    case access, precision, names, files
  }

  /// The name of the file.
  static let fileName = "bpc.json"

  /// Returns what is said of the program at `path` in the folder of the module.
  func program(at path: String) -> ProgramConfiguration {
    programs.first { $0.path == path } ?? ProgramConfiguration(path: path)
  }

  /// Returns the namespace of the program at `path` in the folder of the module.
  func namespace(ofProgramAt path: String) -> String {
    names.first { $0.path == path }?.namespace ?? SwiftModel.namespace(forPath: path)
  }
}
