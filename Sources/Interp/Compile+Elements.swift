import BPIR
import BPLexer

extension Compilation {
  /// Writes the reading of the elements that a layout names.
  mutating func emitPack(_ layout: ArrayStep.Layout, to target: Int, _ span: Span) {
    guard layout.isElement else { return emit(.pack(target: target, source: layout), span) }
    guard !layout.starts.isEmpty else {
      return emitCopy(from: layout.offset, to: target, 1, span)
    }
    emitElement(.load, layout, target: target, source: layout.offset, span)
  }

  /// Writes the setting of the elements that a layout names, or the adding to them.
  mutating func emitUnpack(
    _ layout: ArrayStep.Layout, from source: Int, adds: Bool, _ span: Span
  ) {
    guard layout.isElement else {
      return emit(.unpack(target: layout, source: source, adds: adds), span)
    }
    guard layout.starts.isEmpty else {
      return emitElement(
        adds ? .addTo : .store, layout, target: layout.offset, source: source, span)
    }
    guard adds else { return emitCopy(from: source, to: layout.offset, 1, span) }
    let target = slot(layout.offset)
    emit(
      Bytecode(kind: .compute, op: .add, target: target, a: target, b: slot(source)), span)
  }

  private mutating func emitElement(
    _ kind: Bytecode.Kind, _ layout: ArrayStep.Layout, target: Int, source: Int, _ span: Span
  ) {
    let start = layout.starts[0]
    if layout.starts.count == 1, start.stride == 1 {
      emit(
        Bytecode(
          kind: kind, op: .mark, target: slot(target), a: slot(source), b: slot(start.slot),
          c: UInt32(start.size)), span)
    } else {
      emit(
        Bytecode(
          kind: kind.ofManyAxes, op: .mark, target: slot(target), a: slot(source),
          b: UInt32(program.elements.count)), span)
      program.elements.append(
        layout.starts.map { Program.Index(slot: $0.slot, stride: $0.stride, size: $0.size) })
    }
  }
}

extension ArrayStep.Layout {
  /// Whether it names one element.
  fileprivate var isElement: Bool { counts.allSatisfy { $0 == 1 } }
}

extension Bytecode.Kind {
  /// The same for an element with several indices.
  fileprivate var ofManyAxes: Bytecode.Kind {
    switch self {
    case .load: .loadMany
    case .store: .storeMany
    default: .addToMany
    }
  }
}
