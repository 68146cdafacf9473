import BPIR

extension Program: CustomStringConvertible {
  /// The program as a listing: constants, then code, then results.
  package var description: String {
    var text = "slots \(slotCount), parameters \(parameterCount)\n"
    for (slot, constant) in constants { text += "r\(slot) = \(constant)\n" }
    for (number, snapshots) in snapshots.enumerated() { text += "k\(number) = \(snapshots)\n" }
    for array in constantArrays { text += "\(array)\n" }
    for (index, instruction) in code.enumerated() {
      let line =
        switch instruction.kind {
        case .array: arraySteps[Int(instruction.target)].description
        case .loadMany, .storeMany, .addToMany:
          instruction.description(at: elements[Int(instruction.b)])
        case .pushFrame: "push s\(instruction.target), \(frame(at: Int(instruction.a)))"
        case .popFrame: "\(frame(at: Int(instruction.target))) = pop s\(instruction.a)"
        default: instruction.description
        }
      text += "\(index): \(line)\n"
    }
    return text + "return " + results.map(\.description).joined(separator: ", ") + "\n"
  }
}

extension Program {
  /// Returns the text of the entries of a frame.
  private func frame(at start: Int) -> String {
    let parts = frames[(start + 1)...].prefix(2 * frames[start])
    let entries = stride(from: parts.startIndex, to: parts.endIndex, by: 2).map { part in
      parts[part + 1] == 1 ? "r\(parts[part])" : places(parts[part], parts[part + 1])
    }
    return entries.joined(separator: ", ")
  }
}

extension Program.Variable: CustomStringConvertible {
  package var description: String { shape.isEmpty ? "r\(slot)" : places(slot, count) }
}

extension Program.Snapshots: CustomStringConvertible {
  package var description: String {
    let back = revolve.map { "; \($0.description(sizes)), back at \($0.back)" } ?? ""
    return "\(count) of \(sweep.description(sizes))" + back
  }
}

extension Program.Turns {
  /// Returns the text of where the turns stand, and their state, whose parts have `sizes`.
  fileprivate func description(_ sizes: [Int]) -> String {
    let parts = zip(state, sizes).map { $1 == 1 ? "r\($0)" : places($0, $1) }
    return "[\(parts.joined(separator: ", "))] turn r\(counter) of r\(limit)"
  }
}

extension Program.ConstantArray: CustomStringConvertible {
  package var description: String {
    let content =
      switch content {
      case .number(let number): "\(number)"
      case .numbers(let numbers):
        "[" + numbers.prefix(8).map(\.description).joined(separator: ", ")
          + (numbers.count > 8 ? ", …]" : "]")
      case .iota: "iota"
      case .random(let op, let seed): "\(op) \(seed)"
      }
    return "\(places(slot, count)) = \(content)"
  }
}

/// Returns the text of `count` places from `start` on.
private func places(_ start: Int, _ count: Int) -> String { "r\(start)..<\(start + count)" }

extension Bytecode: CustomStringConvertible {
  /// The instruction as the listing shows it.
  package var description: String {
    switch kind {
    case .compute, .computeInteger, .add, .subtract, .multiply, .divide:
      let count = op.info.isVariadic ? 2 : op.info.parameters.count
      let operands = [a, b, c].prefix(count).map { "r\($0)" }.joined(separator: ", ")
      return "r\(target) = \(op) \(operands)" + (kind == .computeInteger ? ", an integer" : "")
    case .move: return "r\(target) = r\(a)"
    case .jump: return "jump \(target)"
    case .jumpUnless: return "jump \(target) unless r\(a)"
    case .array, .loop, .smallProduct: return "array step \(target)"
    default: return controlDescription
    }
  }

  /// The instruction when it is about turns, elements or stacks.
  private var controlDescription: String {
    switch kind {
    case .call: "call \(target), back by \(a)"
    case .enter: "turn r\(a) of r\(b), else jump \(target)"
    case .enterIf: "turn r\(a) of r\(b) if r\(c), else jump \(target)"
    case .next: "jump \(target) for turn ++r\(a) of r\(b)"
    case .nextIf: "jump \(target) for turn ++r\(a) of r\(b) if r\(c)"
    case .push: "push s\(target), r\(a)"
    case .pushArray: "push s\(target), r\(a)…"
    case .pushFrame: "push s\(target), frame \(a)"
    case .popFrame: "frame \(target) = pop s\(a)"
    case .pop: "r\(target) = pop s\(a)"
    case .popArray: "r\(target)… = pop s\(a)"
    case .clear: "clear s\(target)"
    case .begin: "begin snapshots k\(target) of r\(a) turns"
    case .sweep: "sweep k\(a), else jump \(target)"
    case .revolve: "revolve k\(a), else jump \(target)"
    case .reserve: "reserve s\(target) \(b)*r\(a)"
    default: description(at: [Program.Index(slot: Int(b), stride: 1, size: Int(c))])
    }
  }

  /// Returns the text of what is done with the element at `indices`.
  fileprivate func description(at indices: [Program.Index]) -> String {
    let place = indices.map {
      ($0.stride == 1 ? "r" : "\($0.stride)*r") + "\($0.slot)<\($0.size)"
    }.joined(separator: " + ")
    return switch kind {
    case .load, .loadMany: "r\(target) = r\(a)[\(place)]"
    case .store, .storeMany: "r\(target)[\(place)] = r\(a)"
    default: "r\(target)[\(place)] += r\(a)"
    }
  }
}

extension ArrayStep: CustomStringConvertible {
  /// The step as the listing shows it.
  package var description: String {
    switch self {
    case .loop(let loop): loop.description
    case .copy(let target, let source, let count):
      "\(places(target, count)) = \(places(source, count))"
    case .fill(let target, let source, let count): "\(places(target, count)) = r\(source)"
    case .pack(let target, let layout): "r\(target)… = \(layout)"
    case .unpack(let layout, let source, let adds): "\(layout) \(adds ? "+=" : "=") r\(source)…"
    case .reduce(let op, let target, let source, let axis):
      "r\(target)… = \(op) r\(source)… \(axis)"
    case .scan(let target, let source, let axis, let isReversed):
      "r\(target)… = cumsum r\(source)… \(axis)\(isReversed ? " backward" : "")"
    case .productOthers(let target, let sources, let axis):
      "r\(target)… = product_others \(sources.map { "r\($0)…" }.joined(separator: ", ")) \(axis)"
    case .index(let kind, let target, let source, let indices, let count, let axis):
      "r\(target)… = \(kind) r\(source)… at \(places(indices, count)) \(axis)"
    case .product(let step): step.description
    case .checkIntegers(let start, let count): "check integers \(places(start, count))"
    }
  }
}

extension AxisShape: CustomStringConvertible {
  /// The sizes before, along and after the axis.
  package var description: String { "(\(outer), \(count), \(inner))" }
}

extension ArrayStep.Layout: CustomStringConvertible {
  package var description: String {
    let starts = starts.map { " + \($0.stride)*r\($0.slot)" }.joined()
    return "r\(offset)\(starts) \(counts) by \(strides)"
  }
}

extension MatrixProductStep: CustomStringConvertible {
  package var description: String {
    let first = "r\(a)…\(product.transposesA ? ".T" : "")"
    let second = "r\(b)…\(product.transposesB ? ".T" : "")"
    let sizes =
      "(\(product.rows), \(product.depth), \(product.columns))"
      + (batch == 1 ? "" : " \(batch) times")
    let sum = addend.map { "r\($0)… + " } ?? ""
    return "r\(target)… = \(sum)\(first) @ \(second) \(sizes)"
  }
}

extension ElementLoop: CustomStringConvertible {
  package var description: String {
    let lines = code.map { operation in
      let info = operation.op.info
      let count = info.isVariadic ? 2 : info.parameters.count
      let operands = [operation.a, operation.b, operation.c].prefix(count)
        .map { places[$0].description }.joined(separator: ", ")
      return "\(places[operation.target]) = \(operation.op) \(operands)"
    }
    return "for \(count): " + lines.joined(separator: "; ")
  }
}

extension ElementLoop.Place: CustomStringConvertible {
  package var description: String {
    switch self {
    case .memory(let slot): "r\(slot)[i]"
    case .register(let register): "t\(register)"
    case .number(let slot, _): "r\(slot)"
    case .strided(let offset, let strides, _): "r\(offset)\(strides)"
    }
  }
}
