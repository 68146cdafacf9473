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
    case .function(let name): FunctionPage.text(name) ?? ""
    case .chapter(let chapter): chapter.page
    }
  }

  /// The functions that programs may call, one a line.
  private static var functionList: String {
    let ofNumbers = OpTable.functions.values.map(\.info).sorted { $0.name < $1.name }
    return "Of numbers, and of arrays element by element:\n"
      + list(ofNumbers.map { ($0.call, $0.sentence) }) + "\nOf arrays:\n"
      + list(ArrayFunctions.all.map { ($0.call, $0.sentence) })
      + "\nConstants: pi, e, inf, nan\n"
  }

  private static func list(_ functions: [(call: String, sentence: String)]) -> String {
    let width = functions.map(\.call.count).max() ?? 0
    return functions.map { call, sentence in
      call + String(repeating: " ", count: width - call.count + 2) + sentence + "\n"
    }.joined()
  }
}

extension DiagnosticCode {
  fileprivate var page: String { "\(self): \(explanation)\n" }
}
