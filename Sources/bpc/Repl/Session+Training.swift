import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

extension Session {
  /// Makes what a training resulted in the values of its names, and returns the sentence that says so; nil where
  /// nothing was trained.
  mutating func take(_ trained: [NamedTensor]) -> String? {
    guard !trained.isEmpty else { return nil }
    for (name, value) in trained.map({ ($0.name, $0.tensor) }) {
      // A number of the text would be bound no more once something else in it is free.
      if !redefine(name, as: value) { bind(name, to: value) }
    }
    let names = trained.map { "'\($0.name)'" }
    let list = names.count > 4 ? "\(names.count) names" : names.joined(separator: ", ")
    let values = names.count == 1 ? "has this value" : "have these values"
    return "\(list) \(values) in the session now"
  }

  /// Gives a name that the text binds to a number this value there, and returns whether it could.
  private mutating func redefine(_ name: String, as value: Tensor) -> Bool {
    let compilation = Compiler().compile(source)
    guard let module = compilation.module,
      let leaf = module.leaves.first(where: { $0.name == name && $0.kind == .literal }),
      let statement = module.statements.first(where: { $0.start == leaf.span.start })
    else { return false }
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(statement.range, with: "\(name) = \(literal(value))".utf8)
    return replaceText(by: String(decoding: bytes, as: UTF8.self))
  }
}
