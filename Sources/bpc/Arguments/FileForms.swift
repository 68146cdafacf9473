/// The forms that files have by the endings of their names.
struct FileForms<Form: Sendable>: Sendable {
  /// The endings, those that are preferred first.
  let endings: [(ending: String, form: Form)]

  /// Returns the form of the file at `path`; nil where its ending tells nothing.
  ///
  /// - Parameter advice: what else can be done, for the message.
  /// - Throws: an error for a picture or page of another kind, which nobody would find in the file.
  func form(of path: String, advice: String) throws(UsageError) -> Form? {
    guard let ending = path.ending else { return nil }
    if let known = endings.first(where: { $0.ending == ending }) { return known.form }
    guard documentEndings.contains(ending) else { return nil }
    let names = endings.map { "'.\($0.ending)'" }
    let list = names.dropLast().joined(separator: ", ") + (names.count > 1 ? " and " : "")
    throw UsageError(
      message: "\(path.quoted): this writes no '.\(ending)', but \(list)\(names.last ?? "").",
      help: advice)
  }
}

extension FileForms where Form: RawRepresentable<String> {
  /// Returns what `--format` says or else the ending of the file that `arguments` write to.
  func form(_ arguments: GatheredArguments) throws(UsageError) -> Form? {
    if let form: Form = arguments.word("format") { return form }
    guard let path = arguments.value("output") else { return nil }
    return try form(of: path, advice: "--format <format>  \(FileForms.advice)")
  }

  private static var advice: String { "The form, whatever the file's name is." }
}

/// Endings of pictures and pages, which promise what is in the file.
private let documentEndings: Set<String> = [
  "png", "pdf", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "tif", "tiff", "eps", "ps", "ico",
  "svg",
  "svgz", "html", "htm", "dot", "gv", "mmd", "mermaid", "tex", "latex", "md", "markdown", "doc",
  "docx",
  "odt", "rtf",
]

extension String {
  /// What follows the last point of a file's name, in small letters.
  fileprivate var ending: String? {
    let name = split(separator: "/").last ?? ""
    guard let point = name.lastIndex(of: "."), point > name.startIndex else { return nil }
    return name[name.index(after: point)...].lowercased()
  }
}
