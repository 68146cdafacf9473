/// A plot as a picture.
struct PlotSVG {
  private let plot: Plot
  private let across: PlotAxis
  private let up: PlotAxis
  private let left: Double
  private let legend: PlotLegend

  private static let width = 720.0
  private static let height = 440.0
  private static let right = 24.0
  private static let bottom = 52.0

  /// Lays out `plot`.
  init(_ plot: Plot) {
    self.plot = plot
    legend = PlotLegend(plot, from: 24, to: PlotSVG.width - PlotSVG.right)
    let vertical = plot.variables.count > 1 ? plot.variables[1].values : plot.bounds
    up = PlotAxis(vertical, from: PlotSVG.height - PlotSVG.bottom, to: legend.bottom)
    left = 8 * Double(up.ticks.map(\.label.count).max() ?? 0) + 34
    across = PlotAxis(plot.variables[0].values, from: left, to: PlotSVG.width - PlotSVG.right)
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
      \(PicturePage.style)
      \(PlotSVG.style)
      </style>
      \(PicturePage.background(x: 0, y: 0))
      \((grid + [frame] + (plot.variables.count > 1 ? levels : curves) + captions).joined(separator: "\n"))
      </svg>

      """
  }

  /// Colors that people tell apart (Okabe and Ito, Color Universal Design, 2008), on light and on dark.
  private static let style = """
    .c0{stroke:#0072b2}.c1{stroke:#d55e00}.c2{stroke:#00795a}.c3{stroke:#a64d79}.c4{stroke:#8a6d00}
    .level{stroke:currentColor}
    @media (prefers-color-scheme:dark){
    .c0{stroke:#56b4e9}.c1{stroke:#ff9d52}.c2{stroke:#2dc99c}.c3{stroke:#e39cc4}.c4{stroke:#f0e442}}
    @media print{
    .c0{stroke:#0072b2}.c1{stroke:#d55e00}.c2{stroke:#00795a}.c3{stroke:#a64d79}.c4{stroke:#8a6d00}}
    """

  // MARK: - Parts

  private var top: Double { legend.bottom }
  private var floor: Double { PlotSVG.height - PlotSVG.bottom }

  private var grid: [String] {
    let rows = up.ticks.map { tick in
      line("M\(left.short) \(tick.place.short)H\((PlotSVG.width - PlotSVG.right).short)")
        + label(tick.label, left - 8, tick.place + 4.5, "end")
    }
    let columns = across.ticks.map { tick in
      line("M\(tick.place.short) \(top.short)V\(floor.short)")
        + label(tick.label, tick.middle(width: PlotSVG.width), floor + 20, "middle")
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
        let places = thinnedCurve(part.map(place))
        guard places.count > 1 else {
          return "<circle class=\"c\(curve.color)\" cx=\"\(places[0].x.short)\" "
            + "cy=\"\(places[0].y.short)\" r=\"1.5\" fill=\"none\"/>"
        }
        return path([places], "c\(curve.color)", curve.dashes)
      }
    }
  }

  private var levels: [String] {
    let levels = Contour(plot).levels
    let lines = thinnedLines(levels.map { $0.lines.map { $0.map(place) } })
    let paths = lines.filter { !$0.isEmpty }.map { path($0, "level", "") }
    var labels = LabelPlaces(width: PlotSVG.width, height: floor)
    return paths
      + levels.compactMap { level in
        guard let longest = level.lines.max(by: { $0.count < $1.count }) else { return nil }
        let places = longest.map(place)
        let size = (width: 7.5 * Double(level.label.count) + 8, height: 16.0)
        return labels.place(along: places, size).map { halo(level.label, $0.x, $0.y + 4.5) }
      }
  }

  /// Returns a label that stands out from lines below it.
  private func halo(_ text: String, _ x: Double, _ y: Double) -> String {
    "<text class=\"halo\" x=\"\(x.short)\" y=\"\(y.short)\" text-anchor=\"middle\" font-size=\"12\" "
      + "fill=\"currentColor\" stroke=\"#fff\" stroke-width=\"4\" paint-order=\"stroke\">\(text.xml)</text>"
  }

  private func path(_ lines: [PicturePoints], _ style: String, _ dashes: String) -> String {
    let parts = lines.map { line in
      "M" + line.map { "\($0.x.short) \($0.y.short)" }.joined(separator: "L")
    }
    return "<path class=\"\(style)\" d=\"\(parts.joined())\" fill=\"none\" "
      + "stroke-width=\"\(style == "level" ? "1.2" : "1.8")\" stroke-linejoin=\"round\"\(dashes)/>"
  }

  private func place(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
    (across.place(point.x), up.place(point.y))
  }

  /// The names of the curves above, and those of the variables.
  private var captions: [String] {
    let x = label(
      plot.variables[0].name.shortened(to: 60), (left + PlotSVG.width) / 2, PlotSVG.height - 10,
      "middle")
    guard plot.variables.count == 1 else {
      let names = plot.curves.map(\.name).joined(separator: ", ").shortened(to: 80)
      return [x, turned(plot.variables[1].name.shortened(to: 40)), label(names, left, 28, "start")]
    }
    let names = legend.entries.map { entry in
      "<path class=\"c\(entry.curve.color)\" d=\"M\(entry.x.short) \(entry.y.short)h24\" "
        + "stroke-width=\"1.8\"\(entry.curve.dashes)/>"
        + label(entry.name, entry.x + 30, entry.y + 4.5, "start")
    }
    return names + [x]
  }

  /// Returns a label that reads upward, beside the axis.
  private func turned(_ text: String) -> String {
    let middle = ((top + floor) / 2).short
    return "<text transform=\"translate(18 \(middle)) rotate(-90)\" text-anchor=\"middle\" "
      + "fill=\"currentColor\">\(text.xml)</text>"
  }
}
