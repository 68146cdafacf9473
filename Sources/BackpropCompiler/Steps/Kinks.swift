import BPAD
import BPIR
import BPInterp
import BPLexer

// A kink is where the slope from the left is another than that from the right. It is found by taking
// the local partials of each operation a little to both sides.

extension StraightRun {
  /// The kinks that the run hit on the way to the objective, each with the slope that was chosen and the
  /// two one-sided ones.
  package var kinks: [Diagnostic] {
    var seen: Set<String> = []
    return chain.crossings.flatMap { kinks(at: $0) }
      .filter { seen.insert("\($0.span.start) \($0.message)").inserted }
      .sorted { $0.span.start < $1.span.start }
  }

  private func kinks(at crossing: Crossing) -> [Diagnostic] {
    let operands = Array(function.operands(of: crossing.instruction))
    return operands.indices.compactMap { position in
      guard operands[position] == crossing.operand, !function.type(of: crossing.operand).isInteger,
        let partial = LocalPartial(crossing.instruction.op, operand: position, of: operands.count)
      else { return nil }
      return kink(crossing, operands, position, partial)
    }
  }

  private func kink(
    _ crossing: Crossing, _ operands: [Value], _ position: Int, _ partial: LocalPartial
  ) -> Diagnostic? {
    let tensors = operands.map { self[$0] }
    let count = tensors.map(\.count).max() ?? 1
    for element in 0..<count {
      let numbers = tensors.map { $0.values[$0.count == 1 ? 0 : element] }
      let slopes = partial.slopes(crossing.instruction.op, numbers, position)
      guard let slopes else { continue }
      let index =
        tensors[position].isScalar ? [] : Tensor.index(of: element, in: tensors[position].shape)
      let place = names[operands[position]].part(index)
      return .kink(
        names.expression(of: crossing.instruction).description,
        "\(place) = \(numbers[position].stepText)", slopes, at: crossing.instruction.span)
    }
    return nil
  }
}

/// The slopes at a kink.
struct KinkSlopes {
  let left: Double
  let chosen: Double
  let right: Double
}

extension LocalPartial {
  /// Returns the slopes at `numbers` by operand number `position`, where the one-sided ones differ.
  fileprivate func slopes(_ op: Op, _ numbers: [Double], _ position: Int) -> KinkSlopes? {
    func slope(_ number: Double) -> Double {
      var moved = numbers
      moved[position] = number
      return self.number(operands: moved, result: op.evaluated(moved))
    }
    let x = numbers[position]
    // The least step that no denormal number takes part in.
    let step = max(abs(x) * 0x1p-50, 1e-290)
    let slopes = KinkSlopes(left: slope(x - step), chosen: slope(x), right: slope(x + step))
    guard slopes.left.isFinite, slopes.right.isFinite, slopes.chosen.isFinite else { return nil }
    let scale = max(abs(slopes.left), abs(slopes.right), 1e-300)
    return abs(slopes.left - slopes.right) > 1e-6 * scale ? slopes : nil
  }
}

extension Diagnostic {
  /// Returns a note about a kink that a run hit.
  fileprivate static func kink(
    _ expression: String, _ place: String, _ slopes: KinkSlopes, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .kink,
      "\(expression) has a kink at \(place): its slope is \(slopes.left.stepText) before, "
        + "\(slopes.right.stepText) behind, and \(slopes.chosen.stepText) was taken", at: span,
      severity: .note)
  }
}
