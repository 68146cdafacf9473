import Foundation
import Testing

@testable import bpc

/// The picture of the losses.
struct LossCurveTests {
  private func labels(_ losses: [Double]) -> [String] {
    PlotAxis(losses, isLogarithmic: losses.allSatisfy { $0 > 0 }, from: 100, to: 0).ticks.map(
      \.label)
  }

  /// Powers of ten where losses go through many of them, else multiples of 1, 2 or 5.
  @Test func ticks() {
    #expect(labels([0.1, 2.8e-7]) == ["1e-06", "1e-05", "0.0001", "0.001", "0.01", "0.1"])
    #expect(labels([1e-300, 1]).count <= 9)
    #expect(
      labels([9]) == ["5", "10", "20"]
        && labels([0.02, 1]) == ["0.02", "0.05", "0.1", "0.2", "0.5", "1"])
    #expect(labels([1.03, 1.25]) == ["1.05", "1.1", "1.15", "1.2", "1.25"])
    #expect(labels([-4, 5]) == ["-4", "-2", "0", "2", "4"])
    #expect(labels([0, 1e-20]) == ["0", "2e-21", "4e-21", "6e-21", "8e-21", "1e-20"])
    let epochs = PlotAxis([0, 2], isWhole: true, from: 0, to: 100).ticks
    #expect(epochs.map(\.label) == ["0", "1", "2"] && epochs.map(\.place) == [0, 50, 100])
  }

  /// Numbers of any size have their place between the ends.
  @Test(arguments: [
    [0.0], [1], [-1e308, 1e308], [Double.leastNonzeroMagnitude], [1, 1.0000000000000002],
    [1e308, 1e-308], [],
    [-Double.leastNonzeroMagnitude, .leastNonzeroMagnitude],
  ])
  func extremes(_ losses: [Double]) {
    let points = losses.enumerated().map { LossCurve.Point(epoch: $0.offset, loss: $0.element) }
    let svg = LossCurve(of: "a<b & \"c\"", points).svg
    #expect(!svg.contains("nan") && !svg.contains("inf"))
    #expect(svg.contains("a&lt;b &amp; &quot;c&quot;"))
    #expect(XMLParserOutcome(svg).isWellFormed)
  }

  @Test func labelsStayInside() {
    let points = [
      LossCurve.Point(epoch: 0, loss: -1.000001), .init(epoch: 1_000_000, loss: -1.000002),
    ]
    let svg = LossCurve(of: "loss", points).svg
    #expect(svg.contains("width=\"720\" height=\"420\"") && svg.contains("class=\"page\""))
    for text in svg.matches(of: /<text x="([0-9.]+)" y="[0-9.]+" text-anchor="(\w+)">([^<]*)</) {
      let (x, width) = (Double(text.1) ?? .nan, 7.5 * Double(text.3.count))
      #expect(text.2 == "end" ? x > width : x + width / 2 <= 720, "\(text.0)")
    }
  }

  /// What is not finite has no place, and does not stretch the picture.
  @Test func notFinite() {
    let losses = [4.0, 2, .nan, .infinity, 1]
    let points = losses.enumerated().map { LossCurve.Point(epoch: $0.offset, loss: $0.element) }
    let svg = LossCurve(of: "loss", points).svg
    #expect(svg.contains("<title id=\"title\">loss over 4 epochs, from 4 to 1</title>"))
    #expect(svg.contains("role=\"img\"") && svg.contains("prefers-color-scheme: dark"))
  }
}

/// Whether a text is XML, as far as its tags go.
private struct XMLParserOutcome {
  let isWellFormed: Bool

  init(_ text: String) {
    var open: [Substring] = []
    var isSound = true
    for match in text.matches(of: #/<(/?)([a-zA-Z]+)[^<>]*?(/?)>/#) {
      if match.1 == "/" {
        isSound = isSound && open.popLast() == match.2
      } else if match.3.isEmpty {
        open.append(match.2)
      }
    }
    isWellFormed = isSound && open.isEmpty
  }
}
