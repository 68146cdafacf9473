import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

/// What a plot is drawn over: the ranges among what is bound.
struct PlotRanges {
  /// The variables with their values.
  private(set) var variables: [Plot.Variable] = []
  /// The leaves that they are.
  private var leaves: [Int] = []
  /// All that is bound, ranges by their beginnings.
  private(set) var bindings: [Binding] = []

  /// Finds the one or two ranges among `typed`, which is bound to leaves of `module`.
  init(
    _ typed: [Binding], _ module: Module, _ points: PlotPoints, _ compiler: Compiler
  ) throws(CommandFailure) {
    var ranges: [Range] = []
    for binding in typed {
      guard let (low, high) = try PlotRanges.range(binding.text, compiler) else {
        bindings.append(binding)
        continue
      }
      ranges.append(Range(binding: binding, low: low, high: high))
      bindings.append(Binding(name: binding.name, text: "\(low)"))
    }
    guard 1...2 ~= ranges.count else { throw .noRange(ranges.count, typed) }
    try points.check(ranges.count, compiler.limits)
    for range in ranges {
      guard let leaf = module.leaves.firstIndex(where: { $0.name == range.binding.name }) else {
        continue
      }
      guard module.leaves[leaf].type.isScalar else {
        throw .run("'\(range.binding.name)' is an array, and a plot is over numbers")
      }
      leaves.append(leaf)
      let isWhole = module.leaves[leaf].type.isInteger
      let values = range.values(isWhole: isWhole, count: points.count(ranges.count))
      guard values.count > 1 else { throw .oneValue(range.binding, isWhole: isWhole) }
      variables.append(Plot.Variable(name: range.binding.name, values: values))
    }
  }

  /// A range that was typed.
  private struct Range {
    let binding: Binding
    let low: Double
    let high: Double

    /// Returns numbers that are evenly spaced, the ends among them; whole ones where only these will do.
    func values(isWhole: Bool, count: Int) -> [Double] {
      let (low, high) = isWhole ? (low.rounded(.up), high.rounded(.down)) : (low, high)
      guard low < high else { return low == high ? [low] : [] }
      if isWhole, high - low < Double(count) {
        return (0...Int(high - low)).map { low + Double($0) }
      }
      // Halves keep the length of the longest range finite.
      return (0..<count).map { index in
        let part = Double(index) / Double(count - 1)
        let number = low * (1 - part) + high * part
        return isWhole ? number.rounded() : number
      }
    }
  }

  /// Returns the ends of a range, smaller one first; nil where `text` is none.
  static func range(
    _ text: String, _ compiler: Compiler
  ) throws(CommandFailure) -> (low: Double, high: Double)? {
    guard
      let dots = text.firstRange(of: "...") ?? text.firstRange(of: "..<")
        ?? text.firstRange(of: "..")
    else { return nil }
    let low = try number(String(text[..<dots.lowerBound]), compiler)
    let high = try number(String(text[dots.upperBound...]), compiler)
    guard let low, let high, low.isFinite, high.isFinite else {
      throw .run("'\(text)': the ends of a range are numbers, such as -6..6 or 0..2*pi")
    }
    return (min(low, high), max(low, high))
  }

  private static func number(
    _ text: String, _ compiler: Compiler
  ) throws(CommandFailure) -> Double? {
    if let number = Double(text) { return number }
    let tensor = try commanding { () throws(ProgramFailure) in
      try Bindings.constant(text, compiler)
    }
    return tensor.flatMap { $0.isScalar ? $0.values.first : nil }
  }

  /// Returns `bindings` with a row for each point.
  func rows(_ bindings: Bindings) -> Bindings {
    let count = variables.reduce(1) { $0 * $1.values.count }
    let columns = leaves.indices.map { axis in
      (leaf: leaves[axis], values: (0..<count).map { value(axis, ofRow: $0) })
    }
    return Bindings(
      values: bindings.values, sizes: bindings.sizes,
      rows: Bindings.Rows(count: count, columns: columns))
  }

  private func value(_ axis: Int, ofRow row: Int) -> Double {
    let inner = variables[..<axis].reduce(1) { $0 * $1.values.count }
    return variables[axis].values[row / inner % variables[axis].values.count]
  }

  /// Returns which point a row is, as the end of a name.
  func place(ofRow row: Int) -> String {
    let values = variables.indices.map { axis in
      "\(variables[axis].name) = \(Scalar(number: value(axis, ofRow: row), type: .real).text)"
    }
    return " at \(values.joined(separator: ", "))"
  }
}
