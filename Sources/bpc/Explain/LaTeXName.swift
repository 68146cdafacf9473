extension String {
  /// A name of a program in mathematics: a letter as it is, Greek ones also by their names, a word upright; what
  /// follows a letter as its index.
  var latexName: String {
    if contains(" ") { return "\\text{\(latexText)}" }
    let parts = split(separator: "#", maxSplits: 1)
    let turn = parts.count == 2 ? "^{(\(parts[1]))}" : ""
    return String(parts.first ?? "").indexedLatex + turn
  }

  private var indexedLatex: String {
    let (base, index) = indexed
    if let symbol = base.latexSymbol {
      return index.isEmpty ? symbol : "\(symbol)_{\(index.latexSymbol ?? index.upright)}"
    }
    return upright
  }

  /// The name before its index, and that: after an underscore, or digits at the end.
  private var indexed: (base: String, index: String) {
    if let underscore = firstIndex(of: "_"), underscore > startIndex {
      return (String(self[..<underscore]), String(self[index(after: underscore)...]))
    }
    let base = prefix { !$0.isNumber }
    let isIndexed = dropFirst(base.count).allSatisfy(\.isNumber)
    return isIndexed ? (String(base), String(dropFirst(base.count))) : (self, "")
  }

  private var upright: String {
    allSatisfy(\.isNumber)
      ? self : allSatisfy(\.isASCII) ? "\\mathrm{\(latexText)}" : "\\text{\(latexText)}"
  }

  /// The name of one letter, maybe with an accent; nil where it is longer.
  private var latexSymbol: String? {
    if let letter = latexLetter { return letter }
    guard count == 1 else { return nil }
    return accented
  }

  /// A letter of the Latin or the Greek alphabet, the latter also by its name.
  private var latexLetter: String? {
    if count == 1, allSatisfy(\.isASCII) { return self }
    let scalars = Array(unicodeScalars)
    let isLower = lowercased() == self
    let number =
      scalars.count == 1
      ? Int(scalars[0].value) - (isLower ? 0x3B1 : 0x391)
      : String.greek.firstIndex(of: lowercased())
    guard let number, String.greek.indices ~= number else { return nil }
    let name = String.greek[number]
    if isLower { return name == "omicron" ? "o" : "\\\(name)" }
    guard unicodeScalars.count == 1 || first?.isUppercase == true else { return nil }
    // Where the capital letter is also a Latin one it has no name of its own.
    let latin = ["alpha": "A", "beta": "B", "epsilon": "E", "zeta": "Z", "eta": "H", "iota": "I"]
      .merging(
        [
          "kappa": "K", "mu": "M", "nu": "N", "omicron": "O", "rho": "P", "tau": "T", "chi": "X",
        ]) { first, _ in first }
    return latin[name].map { "\\mathrm{\($0)}" }
      ?? "\\\(name.prefix(1).uppercased())\(name.dropFirst())"
  }

  /// A letter below an accent.
  private var accented: String? {
    let accents = [
      ("\u{302}", "hat"), ("\u{303}", "tilde"), ("\u{304}", "bar"), ("\u{307}", "dot"),
      ("\u{308}", "ddot"),
    ]
    let letters = "abcdefghijklmnopqrstuvwxyz"
    for (mark, command) in accents {
      // Equality of strings is that of what they mean: ŷ is y with a circumflex.
      for letter in letters + letters.uppercased() where "\(letter)\(mark)" == self {
        return "\\\(command){\(letter)}"
      }
      if unicodeScalars.count == 2, hasSuffix(mark) {
        return unicodeScalars.first.flatMap { String($0).latexLetter }.map { "\\\(command){\($0)}" }
      }
    }
    return nil
  }

  /// The names of the Greek letters, in the order of their codes.
  private static let greek = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda",
    "mu", "nu", "xi", "omicron", "pi", "rho", "varsigma", "sigma", "tau", "upsilon", "phi", "chi",
    "psi", "omega",
  ]
}
