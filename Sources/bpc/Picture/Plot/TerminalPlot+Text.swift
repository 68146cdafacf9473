extension TerminalPlot {
  /// The lines of the plot.
  var text: String {
    let labels = Dictionary(
      up.ticks.map { (Int($0.place.rounded()) / 4, $0.label) }, uniquingKeysWith: { $1 })
    let rows = (0..<TerminalPlot.height).map { row in
      let label = labels[row] ?? ""
      let blanks = String(repeating: " ", count: margin - label.count - 1)
      let line = canvas.text(row: row, painted: painted)
      return (blanks + label + (label.isEmpty ? " │" : " ┤") + line).withoutTrail
    }
    return (rows + axis + [legend]).joined(separator: "\n") + "\n"
  }

  /// The axis below, with its numbers.
  private var axis: [String] {
    var line = Array(repeating: Character("─"), count: canvas.width)
    var numbers = Array(repeating: Character(" "), count: canvas.width + margin + 1)
    var end = 0
    for tick in across.ticks {
      let column = Int(tick.place.rounded()) / 2
      line[min(max(0, column), canvas.width - 1)] = "┬"
      let start = min(column + margin + 1 - tick.label.count / 2, numbers.count - tick.label.count)
      guard start >= end else { continue }
      for (offset, letter) in tick.label.enumerated() { numbers[start + offset] = letter }
      end = start + tick.label.count + 1
    }
    let blanks = String(repeating: " ", count: margin)
    return [blanks + "└" + String(line), String(numbers).withoutTrail]
  }

  private var legend: String {
    let names = plot.curves.enumerated().map { number, curve in
      guard plot.variables.count == 1 else { return curve.name }
      let middle = letter(number).map(Character.init) ?? (curve.isDerivative ? " " : "⠒")
      let sample: [Character] = ["⠒", middle, "⠒"]
      return sample.map { painted($0, curve.ink) }.joined() + " " + curve.name
    }
    let over = plot.variables.map(\.name).joined(separator: " (across) and ")
    let suffix = plot.variables.count > 1 ? " (up)" : ""
    return String(repeating: " ", count: margin + 1) + names.joined(separator: "   ") + " over "
      + over + suffix
  }

  private func painted(_ character: Character, _ ink: Int) -> String {
    let colors = [34, 31, 32, 35, 36, 33]
    return isColored ? "\u{1B}[\(colors[ink % colors.count])m\(character)\u{1B}[0m" : "\(character)"
  }
}

extension Plot {
  /// The ends of what is shown.
  var bounds: [Double] { [shown.lowerBound, shown.upperBound] }
}

extension String {
  /// The text without blanks at its end.
  fileprivate var withoutTrail: String { String(reversed().drop { $0 == " " }.reversed()) }
}
