extension UsageError {
  /// Returns an error for arguments of `command` that have no place, beside `gathered`, which have.
  static func unexpected(
    _ arguments: [String], in gathered: GatheredArguments, of command: CommandDescription
  ) -> UsageError {
    let takesBindings = command.positionals.contains { $0.kind == .binding }
    let help = takesBindings ? bindingHint(arguments, gathered) : ""
    if arguments.count == 1 {
      return UsageError(message: "Unexpected argument \(arguments[0].quoted)", help: help)
    }
    let shown = arguments.prefix(10).map(\.quoted).joined(separator: ", ")
    let rest = arguments.count > 10 ? ", …" : ""
    return UsageError(
      message: "\(arguments.count) unexpected arguments: \(shown)\(rest)", help: help)
  }

  /// Says how a value is bound where `arguments` look as if one were to be; else nothing.
  private static func bindingHint(_ arguments: [String], _ gathered: GatheredArguments) -> String {
    if let (name, value) = arguments.lazy.compactMap(\.splitAtColon).first {
      return "A value is bound with '=': \(name)=\(value)"
    }
    let isApart = arguments.contains { $0.utf8.first == UInt8(ascii: "=") }
    guard isApart || gathered.bindings.contains(where: \.text.isEmpty) else { return "" }
    return "A value is bound without blanks around '=', as in a=1."
  }
}

extension String {
  /// The name and the value of `name:value`.
  fileprivate var splitAtColon: (name: String, value: String)? {
    guard let colon = unicodeScalars.firstIndex(of: ":") else { return nil }
    let name = String(unicodeScalars[..<colon])
    let value = String(unicodeScalars[colon...].dropFirst())
    guard name.isProgramName, !value.isEmpty, value.utf8.count < 80 else { return nil }
    return (
      name,
      value.unicodeScalars.contains { $0.properties.generalCategory == .control } ? "…" : value
    )
  }
}
