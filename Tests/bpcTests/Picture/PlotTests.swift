import Testing

@testable import bpc

/// Curves, levels and dots.
struct PlotTests {
  private func plot(_ values: [Double], range: ClosedRange<Double>? = nil) -> Plot {
    let variable = Plot.Variable(name: "x", values: values.indices.map(Double.init))
    return Plot([variable], [Plot.Curve(name: "y", values: values)], range: range)
  }

  @Test func curvesHaveGaps() {
    let plot = plot([1, 2, .nan, 3, .infinity, 4, 5])
    let parts = plot.parts(plot.curves[0]).map { $0.map(\.x) }
    #expect(parts == [[0, 1], [3], [5, 6]])
    #expect(plot.shown == 1...5)
  }

  @Test func curvesAreCutAtTheRange() {
    let plot = plot([0, 4, 0, -4], range: -2...2)
    let parts = plot.parts(plot.curves[0])
    #expect(parts.map { $0.map(\.x) } == [[0, 0.5], [1.5, 2, 2.5]])
    #expect(parts.joined().map(\.y) == [0, 2, 2, 0, -2])
  }

  @Test func polesAreNoLines() {
    let plot = plot([1, 9, -9, -1], range: -2...2)
    #expect(plot.parts(plot.curves[0]).map { $0.map(\.x) } == [[0, 0.125], [2.875, 3]])
  }

  /// Also where all is shown, so that nothing is cut off.
  @Test func polesInFullViewAreNoLines() {
    func starts(_ values: [Double]) -> [Double] {
      let plot = plot(values)
      return plot.parts(plot.curves[0]).compactMap { $0.first?.x }
    }
    #expect(starts([-1, -1.5, -3, -9, 9, 3, 1.5, 1]) == [0, 4])
    #expect(starts([1, 3, -4, -2]) == [0, 2])
    #expect(starts([-3, -2, -1, 1, 2, 3]) == [0])
    #expect(starts([0, 1, 2, -2, -1, 0]) == [0])
    #expect(starts([-1, -1, -1, 1, 1, 1]) == [0])
    #expect(starts([1, .nan, -1]) == [0, 2])
  }

  @Test func picturesAreSmall() {
    let plot = plot((0..<200_000).map { Double($0 * 7919 % 10_007) })
    #expect(PlotSVG(plot).text.utf8.count < 100_000)
    let places: PicturePoints = (0..<1000).map { index in
      let height = index == 555 ? 9 : Double(index % 3)
      return (x: Double(index) / 100, y: height)
    }
    let thinned = thinnedCurve(places)
    #expect(thinned.count <= 40 && thinned.contains { $0 == (5.55, 9) })
    #expect(thinned.first! == places.first! && thinned.last! == places.last!)
    let few = stride(from: 7, to: 1000, by: 100).map { places[$0] }
    #expect(thinnedCurve(few).map(\.x) == few.map(\.x))
    let lines = thinnedLines([[places], [[(0, 0), (0.2, 0.1)]], []])
    #expect(lines.map(\.count) == [1, 0, 0] && lines[0][0].count < 500)
  }

  @Test func curvesAreToldApartWithoutColor() {
    let variable = Plot.Variable(name: "x", values: [0, 1])
    let curves = (0..<6).map { Plot.Curve(name: "y\($0)", values: [0, Double($0)], ink: $0) }
    let plot = Plot([variable], curves, range: nil)
    let text = TerminalPlot(plot, width: 80, isColored: false).text
    #expect(text.contains("⠒A⠒ y0   ⠒B⠒ y1") && text.ranges(of: "F").count > 2)
    #expect(!TerminalPlot(plot, width: 80, isColored: true).text.contains("A"))
    let many = (0..<500).map { Plot.Curve(name: "y\($0)", values: [0, 1], ink: $0) }
    #expect(PlotLegend(Plot([variable], many, range: nil), from: 24, to: 696).bottom < 220)
    let styles = PlotSVG(plot).text.matches(
      of: /<path class="(c\d)" d="M[^h]*?" [^>]*?(stroke-dasharray="[^"]*")?\/>/)
    #expect(Set(styles.map { "\($0.1) \($0.2 ?? "")" }).count == 6)
  }

  @Test func nothingToShowIsNoMistake() {
    let plots = [plot([]), plot([.nan, .nan]), plot([3]), plot([1e308, -1e308])]
    for plot in plots {
      #expect(XMLShape.mistake(PlotSVG(plot).text) == nil)
      #expect(TerminalPlot(plot, width: 10, isColored: false).text.contains("└"))
    }
  }

  /// The levels of x² + y² are circles.
  @Test func levelsAreWhereTheValueIs() {
    let axis = (0...40).map { Double($0) / 10 - 2 }
    let values = axis.flatMap { y in axis.map { x in x * x + y * y } }
    let variables = ["x", "y"].map { Plot.Variable(name: $0, values: axis) }
    let plot = Plot(variables, [Plot.Curve(name: "r", values: values)], range: nil)
    let levels = Contour(plot).levels
    #expect(levels.count >= 5)
    for level in levels {
      let number = Double(level.label) ?? .nan
      let distances = level.lines.joined().map { abs($0.x * $0.x + $0.y * $0.y - number) }
      #expect((distances.max() ?? 0) < 0.01, "\(level.label)")
      if 0 < number, number < 4 {
        let line = level.lines[0]
        #expect(level.lines.count == 1 && line.first?.x == line.last?.x && line.count > 20)
      }
    }
  }

  @Test func saddlesAreNotJoined() {
    let variables = ["x", "y"].map { Plot.Variable(name: $0, values: [0, 1]) }
    let plot = Plot(variables, [Plot.Curve(name: "z", values: [1, 0, 0, 1])], range: 0...1)
    let level = Contour(plot).levels.first { $0.label == "0.4" }
    #expect(level?.lines.count == 2)
  }

  @Test func dotsAreWhereTheyAreSet() {
    var canvas = BrailleCanvas(width: 2, height: 1)
    canvas.setDot(0, 0, ink: 0)
    canvas.setDot(3, 3, ink: 0)
    canvas.setDot(4, 0, ink: 0)
    canvas.setDot(0, -1, ink: 0)
    #expect(canvas.text(row: 0) { character, _ in "\(character)" } == "⠁⢀")
  }
}
