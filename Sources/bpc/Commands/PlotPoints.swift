import BPInterp
import BackpropCompiler

/// In how many points a plot runs its program.
struct PlotPoints {
  /// The points of each range, or nil for what suits the picture.
  let wanted: Int?
  /// How many curves there are.
  let curveCount: Int

  /// The most points that a plot has in all.
  private static let most = 1_000_000

  /// Returns how many points each of `axes` ranges has.
  func count(_ axes: Int) -> Int { wanted ?? (axes > 1 ? 128 : 400) }

  /// Checks, before anything is computed, that so many points make a plot that `limits` allow.
  func check(_ axes: Int, _ limits: RunLimits) throws(CommandFailure) {
    guard count(axes) > 1 else {
      throw .run("--points 1: a curve has two points at least")
    }
    var total = 1
    for _ in 0..<axes {
      let (product, isTooLarge) = total.multipliedReportingOverflow(by: count(axes))
      guard !isTooLarge, product <= PlotPoints.most else { throw tooMany(axes) }
      total = product
    }
    // A number of each variable, and of each curve once as a value and twice as a place in the picture.
    let bytes = 8 * total * (axes + 3 * curveCount)
    guard bytes <= limits.memory else {
      throw .run(
        "\(total) points of \(curveCount) \(curveCount == 1 ? "curve" : "curves") take \(bytes.asByteCount), "
          + "and --memory allows \(limits.memory.asByteCount); choose fewer with --points")
    }
  }

  private func tooMany(_ axes: Int) -> CommandFailure {
    .run(
      "--points \(count(axes)): a plot has at most \(PlotPoints.most) points"
        + (axes > 1 ? ", 1000 along each of two ranges" : ""))
  }
}

extension CommandFailure {
  /// Returns the failure of a plot over `count` ranges, where `typed` is what was bound.
  static func noRange(_ count: Int, _ typed: [Binding]) -> CommandFailure {
    let meant = typed.lazy.compactMap(\.asRange).first.map { "; a range is written \($0)" } ?? ""
    return .run(
      "a plot is over one or two variables with ranges, such as x=-6..6; here are \(count)\(meant)")
  }

  /// Returns the failure of a range in which there are not two values.
  static func oneValue(_ binding: Binding, isWhole: Bool) -> CommandFailure {
    .run(
      "\(binding.name)=\(binding.text): a plot is over a range with two "
        + "\(isWhole ? "whole numbers" : "numbers") at least")
  }
}

extension Binding {
  /// How the range is written that somebody meant by `x=0:1`; nil where it looks like none.
  fileprivate var asRange: String? {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false)
    guard ends.count == 2, ends.allSatisfy({ Double($0) != nil }) else { return nil }
    return "\(name)=\(ends[0])..\(ends[1])"
  }
}
