/// The losses of a training over its epochs, as a picture.
struct LossCurve {
  private let name: String
  private let points: [Point]
  private let across: PlotAxis
  private let up: PlotAxis
  private let left: Double

  /// A loss.
  struct Point: Equatable, Sendable {
    /// After so many epochs.
    let epoch: Int
    /// The loss.
    let loss: Double
  }

  private static let width = 720.0
  private static let height = 420.0
  private static let right = 32.0
  private static let top = 44.0
  private static let bottom = 52.0

  /// The curve of `name` through `points`, as far as they are finite.
  init(of name: String, _ points: [Point]) {
    self.name = name
    self.points = points.filter(\.loss.isFinite)
    let losses = self.points.map(\.loss)
    let epochs = self.points.map { Double($0.epoch) }
    up = PlotAxis(
      losses, isLogarithmic: losses.allSatisfy { $0 > 0 },
      from: LossCurve.height - LossCurve.bottom,
      to: LossCurve.top)
    left = max(64, 8 * Double(up.ticks.map(\.label.count).max() ?? 0) + 20)
    across = PlotAxis(epochs, isWhole: true, from: left, to: LossCurve.width - LossCurve.right)
  }

  /// The picture in SVG, for light and dark pages.
  var svg: String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 420" width="720" height="420" \
    role="img" aria-labelledby="title" font-family="system-ui, sans-serif" font-size="13">
    <title id="title">\(title)</title>
    <style>
    \(PicturePage.style)
    .curve { stroke: #0969da; fill: none; stroke-width: 2; stroke-linejoin: round; }
    .mark { fill: #0969da; }
    .grid { stroke: currentColor; stroke-opacity: 0.15; }
    .frame { stroke: currentColor; stroke-opacity: 0.6; fill: none; }
    text { fill: currentColor; }
    @media (prefers-color-scheme: dark) {
    .curve { stroke: #58a6ff; }
    .mark { fill: #58a6ff; }
    }
    @media print {
    .curve { stroke: #0969da; }
    .mark { fill: #0969da; }
    }
    </style>
    \(PicturePage.background(x: 0, y: 0))
    \(grid.joined(separator: "\n"))
    \(curve)
    <text x="\(left)" y="26" font-weight="600">\(name.shortened(to: 70).xml)</text>
    <text x="\((left + LossCurve.width) / 2)" y="410" text-anchor="middle">epochs</text>
    </svg>

    """
  }

  private var title: String {
    guard let first = points.first, let last = points.last else { return name.xml }
    return
      "\(name.xml) over \(last.epoch) epochs, from \(text(first.loss)) to \(text(last.loss))"
  }

  private var grid: [String] {
    let bottom = LossCurve.height - LossCurve.bottom
    let right = LossCurve.width - LossCurve.right
    let rows = up.ticks.map { tick in
      """
      <path class="grid" d="M\(left) \(tick.place)H\(right)"/>
      <text x="\(left - 8)" y="\(tick.place + 4.5)" text-anchor="end">\(tick.label)</text>
      """
    }
    let columns = across.ticks.map { tick in
      """
      <path class="grid" d="M\(tick.place) \(LossCurve.top)V\(bottom)"/>
      <text x="\(tick.middle(width: LossCurve.width))" y="\(bottom + 20)" text-anchor="middle">\(tick.label)</text>
      """
    }
    return rows + columns + [
      "<path class=\"frame\" d=\"M\(left) \(LossCurve.top)V\(bottom)H\(right)\"/>"
    ]
  }

  private var curve: String {
    let places = points.map { "\(across.place(Double($0.epoch))) \(up.place($0.loss))" }
    guard places.count != 1 else {
      let parts = places[0].split(separator: " ")
      return "<circle class=\"mark\" cx=\"\(parts[0])\" cy=\"\(parts[1])\" r=\"3\"/>"
    }
    return places.isEmpty ? "" : "<path class=\"curve\" d=\"M\(places.joined(separator: "L"))\"/>"
  }

  private func text(_ number: Double) -> String { Scalar(number: number, type: .real).text }
}
