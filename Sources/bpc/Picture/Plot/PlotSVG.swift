/// A plot as a picture.
struct PlotSVG {
  private let plot: Plot
  private let across: PlotAxis
  private let up: PlotAxis
  private let left: Double

  private static let width = 720.0
  private static let height = 440.0
  private static let right = 24.0
  private static let bottom = 52.0

  /// Lays out `plot`.
  init(_ plot: Plot) {
    self.plot = plot
    let vertical = plot.variables.count > 1 ? plot.variables[1].values : plot.bounds
    up = PlotAxis(vertical, from: PlotSVG.height - PlotSVG.bottom, to: PlotSVG.top(plot))
    left = 8 * Double(up.ticks.map(\.label.count).max() ?? 0) + 34
    across = PlotAxis(plot.variables[0].values, from: left, to: PlotSVG.width - PlotSVG.right)
  }

  /// The room above, for the names of the curves.
  private static func top(_ plot: Plot) -> Double {
    plot.variables.count > 1 ? 44 : 28 + 20 * Double((plot.curves.count + 3) / 4)
  }

  /// The picture as a file.
  var text: String {
    let names = plot.curves.map(\.name).joined(separator: ", ")
    let over = plot.variables.map(\.name).joined(separator: " and ")
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 440" width="720" height="440" role="img" \
      aria-labelledby="title" font-family="system-ui, sans-serif" font-size="13" color="#1f2328">
      <title id="title">\("\(names) over \(over)".xml)</title>
      <style>
      \(PlotSVG.style)
      </style>
      \((grid + [frame] + (plot.variables.count > 1 ? levels : curves) + captions).joined(separator: "\n"))
      </svg>

      """
  }

  /// Colors that people tell apart (Okabe and Ito, Color Universal Design, 2008), on light and on dark.
  private static let style = """
    svg{color:#1f2328}
    .c0{stroke:#0072b2}.c1{stroke:#d55e00}.c2{stroke:#00795a}.c3{stroke:#a64d79}.c4{stroke:#8a6d00}
    .level{stroke:currentColor}
    @media (prefers-color-scheme:dark){svg{color:#e6edf3}
    .c0{stroke:#56b4e9}.c1{stroke:#ff9d52}.c2{stroke:#2dc99c}.c3{stroke:#e39cc4}.c4{stroke:#f0e442}}
    @media print{svg{color:#000}}
    """

  // MARK: - Parts

  private var top: Double { PlotSVG.top(plot) }
  private var floor: Double { PlotSVG.height - PlotSVG.bottom }

  private var grid: [String] {
    let rows = up.ticks.map { tick in
      line("M\(left.short) \(tick.place.short)H\((PlotSVG.width - PlotSVG.right).short)")
        + label(tick.label, left - 8, tick.place + 4.5, "end")
    }
    let columns = across.ticks.map { tick in
      line("M\(tick.place.short) \(top.short)V\(floor.short)")
        + label(tick.label, tick.place, floor + 20, "middle")
    }
    return rows + columns
  }

  private func line(_ path: String) -> String {
    "<path d=\"\(path)\" stroke=\"currentColor\" stroke-opacity=\"0.15\"/>"
  }

  private func label(_ text: String, _ x: Double, _ y: Double, _ anchor: String) -> String {
    "<text x=\"\(x.short)\" y=\"\(y.short)\" text-anchor=\"\(anchor)\" fill=\"currentColor\">\(text.xml)</text>"
  }

  private var frame: String {
    "<path d=\"M\(left.short) \(top.short)V\(floor.short)H\((PlotSVG.width - PlotSVG.right).short)\" "
      + "fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.6\"/>"
  }

  private var curves: [String] {
    plot.curves.flatMap { curve in
      plot.parts(curve).map { part in
        guard part.count > 1 else {
          let (x, y) = place(part[0])
          return
            "<circle class=\"c\(curve.ink % 5)\" cx=\"\(x)\" cy=\"\(y)\" r=\"1.5\" fill=\"none\"/>"
        }
        return path(part, "c\(curve.ink % 5)", isDashed: curve.isDerivative)
      }
    }
  }

  private var levels: [String] {
    let levels = Contour(plot).levels
    let paths = levels.flatMap { level in level.lines.map { path($0, "level", isDashed: false) } }
    var labels = LabelPlaces(width: PlotSVG.width, height: floor)
    return paths
      + levels.compactMap { level in
        guard let longest = level.lines.max(by: { $0.count < $1.count }) else { return nil }
        let places = longest.map { (x: across.place($0.x), y: up.place($0.y)) }
        let size = (width: 7.5 * Double(level.label.count) + 8, height: 16.0)
        return labels.place(along: places, size).map { halo(level.label, $0.x, $0.y + 4.5) }
      }
  }

  /// Returns a label that stands out from lines below it.
  private func halo(_ text: String, _ x: Double, _ y: Double) -> String {
    "<text x=\"\(x.short)\" y=\"\(y.short)\" text-anchor=\"middle\" font-size=\"12\" fill=\"currentColor\" "
      + "stroke=\"Canvas\" stroke-width=\"4\" paint-order=\"stroke\">\(text.xml)</text>"
  }

  private func path(
    _ points: [(x: Double, y: Double)], _ style: String, isDashed: Bool
  ) -> String {
    let places = points.map { point in
      let (x, y) = place(point)
      return "\(x) \(y)"
    }
    let dashes = isDashed ? " stroke-dasharray=\"6 4\"" : ""
    return "<path class=\"\(style)\" d=\"M\(places.joined(separator: "L"))\" fill=\"none\" "
      + "stroke-width=\"\(style == "level" ? "1.2" : "1.8")\" stroke-linejoin=\"round\"\(dashes)/>"
  }

  private func place(_ point: (x: Double, y: Double)) -> (x: String, y: String) {
    (across.place(point.x).short, up.place(point.y).short)
  }

  /// The names of the curves above, and those of the variables.
  private var captions: [String] {
    let x = label(plot.variables[0].name, (left + PlotSVG.width) / 2, PlotSVG.height - 10, "middle")
    guard plot.variables.count == 1 else {
      let names = plot.curves.map(\.name).joined(separator: ", ")
      return [
        x, label(plot.variables[1].name, 12, (top + floor) / 2, "start"),
        label(names, left, 28, "start"),
      ]
    }
    let room = (PlotSVG.width - left - PlotSVG.right) / 4
    let names = plot.curves.enumerated().map { number, curve in
      let (x, y) = (left + room * Double(number % 4), 24 + 20 * Double(number / 4))
      let dashes = curve.isDerivative ? " stroke-dasharray=\"6 4\"" : ""
      return
        "<path class=\"c\(curve.ink % 5)\" d=\"M\(x.short) \(y.short)h24\" stroke-width=\"1.8\"\(dashes)/>"
        + label(curve.name.shortened(to: 20), x + 30, y + 4.5, "start")
    }
    return names + [x]
  }
}
