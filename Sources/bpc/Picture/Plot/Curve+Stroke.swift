extension Plot.Curve {
  /// The number of its color.
  var color: Int { ink % 5 }

  /// How its line is broken: curves of one color differ in that, and so do derivatives.
  var dashes: String {
    let values = ["", "2 3", "10 3 2 3", "14 4"]
    let derivatives = ["6 4", "6 3 1 3", "3 5", "14 3 3 3"]
    let dashes = (isDerivative ? derivatives : values)[ink / 5 % 4]
    return dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes)\""
  }
}
