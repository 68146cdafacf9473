import BPIR
import BPLexer

extension HelpTopic {
  /// Whether there is anything to say about the topic.
  var exists: Bool {
    if case .code(let text) = self { DiagnosticCode(text) != nil } else { true }
  }

  /// What `bpc help` says about the topic.
  var text: String {
    switch self {
    case .code(let text): DiagnosticCode(text).map(\.page) ?? ""
    case .functions: HelpTopic.functionList
    case .operations: OpTable.reference
    }
  }

  /// The functions that programs may call, one a line.
  private static var functionList: String {
    let infos = OpTable.functions.values.map(\.info).sorted { $0.name < $1.name }
    let calls = infos.map(\.call)
    let width = calls.map(\.count).max() ?? 0
    return zip(calls, infos).map { call, info in
      call + String(repeating: " ", count: width - call.count + 2) + info.sentence + "\n"
    }.joined() + "Constants: pi, e, inf, nan\n"
  }
}

extension DiagnosticCode {
  fileprivate var page: String { "\(self): \(explanation)\n" }
}
