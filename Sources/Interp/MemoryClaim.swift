import BPIR
import BPLexer

/// A value that takes memory, as the error names it when there is not so much.
package struct MemoryClaim: Sendable, Equatable {
  /// The name that the source gives to the value; nil when it gives none.
  package let name: String?
  /// The source text that it was made for.
  package let span: Span
  /// What it is.
  package let type: ValueType
  /// How many numbers it has.
  package let count: Int
  /// How many numbers are held with it and all before it.
  package let total: Int
  /// How many of it a stack holds; 1 for what stands in no stack.
  package var copies = 1

  /// Returns the same value, held so many times.
  func times(_ copies: Int) -> MemoryClaim {
    var claim = self
    claim.copies = copies
    return claim
  }
}

extension Compilation {
  /// Takes note of what `value` takes when memory had to grow for it.
  mutating func claim(_ value: Value, from size: Int) {
    let count = function.elementCount(of: value)
    guard count > 1, plan.size > size else { return }
    program.claims.append(
      MemoryClaim(
        name: name(of: value), span: span(of: value), type: function.type(of: value), count: count,
        total: plan.size))
  }

  /// Returns the name of a value; what a turn starts with is called as what it ends with.
  func name(of value: Value) -> String? {
    if let name = names[value] { return name }
    guard case .regionParameter(let region, let position) = function.definition(of: value) else {
      return nil
    }
    // What a turn yields are the next values of its last parameters.
    let (parameters, yields) = (function[region].parameters, function[region].yields)
    let index = Int(position) - (parameters.count - yields.count)
    return yields.indices.contains(index) ? names[yields[index]] : nil
  }

  private func span(of value: Value) -> Span {
    function.instruction(defining: value)?.span ?? .none
  }

  /// Returns the first names of the values of `function`.
  static func names(_ function: Function) -> [Value: String] {
    let parameters = zip(function.parameters, function.parameterNames).map { ($0, $1) }
    let names = function.names.filter(\.isInner) + function.names.filter { !$0.isInner }
    return Dictionary(
      parameters + names.map { ($0.value, $0.name) }, uniquingKeysWith: { $1 })
  }
}

extension Trap {
  /// Creates what ends a run that would have to hold `leaf` as an array of `count` numbers of Float64.
  package init(holding leaf: Leaf, _ shape: Shape, _ count: Int) {
    let bytes = count * Precision.float64.byteCount
    let claim = MemoryClaim(
      name: leaf.name, span: leaf.span, type: ValueType(leaf.type.element, shape), count: count,
      total: count)
    self.init(span: leaf.span, reason: .memory(claim, bytes: bytes, enough: bytes))
  }
}
