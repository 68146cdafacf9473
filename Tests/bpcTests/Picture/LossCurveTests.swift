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
