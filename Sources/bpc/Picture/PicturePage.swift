/// The page below a picture in a file of its own, which is light or dark together with its text: whoever shows the
/// file may keep a white page where the reader likes dark ones.
enum PicturePage {
  /// The colors of the page and of what stands on it.
  static let style = """
    svg{color:#1f2328}
    .page{fill:#fff}.halo{stroke:#fff}
    @media (prefers-color-scheme:dark){svg{color:#e6edf3}
    .page{fill:#0d1117}.halo{stroke:#0d1117}}
    @media print{svg{color:#000}
    .page{fill:#fff}.halo{stroke:#fff}}
    """

  /// Returns the page of a picture whose upper left corner is at a place.
  static func background(x: Double, y: Double) -> String {
    "<rect class=\"page\" x=\"\(x.short)\" y=\"\(y.short)\" width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
  }
}
