// The records that emitted functions return.

extension SwiftPrinter {
  /// Writes a type with a field for each independent.
  func printStruct(
    _ name: String, _ sentence: String, _ types: [String], _ writer: inout LineWriter
  ) {
    let sentences = model.independents.map { "\(sentence) `\($0)`." }
    printStruct(name, model.independents, sentences, types, &writer)
  }

  /// Writes a type with `fields` of `types`, of which `sentences` say what they are.
  func printStruct(
    _ name: String, _ fields: [String], _ sentences: [String], _ types: [String],
    _ writer: inout LineWriter
  ) {
    writer.block("\(access)struct \(name): Hashable, Sendable {") { writer in
      for (field, (sentence, type)) in zip(fields, zip(sentences, types)) {
        writer.line("/// \(sentence)")
        ignoreRules([field], &writer)
        writer.line("\(access)var \(SwiftNames.escaped(field)): \(type)")
      }
      // The one that the compiler makes is internal.
      if model.access != .internal { printInitializer(name, fields, types, &writer) }
    }
  }

  /// What a type holds.
  private static func contents(of type: String) -> String {
    switch type {
    case "Hessian": "second derivatives"
    case "Values": "values"
    case "Jacobian": "Jacobian"
    default: "derivatives"
    }
  }

  /// Writes the initializer of a type with `fields`.
  private func printInitializer(
    _ name: String, _ fields: [String], _ types: [String], _ writer: inout LineWriter
  ) {
    // Inside, a parameter called self would hide the value that is made.
    var unused = SwiftNames(reserved: Set(fields))
    let names = fields.map {
      $0 == "self" ? unused.unique("derivative") : SwiftNames.escaped($0)
    }
    let parameters = zip(fields, zip(names, types)).map { field, parameter in
      let (name, type) = parameter
      return (SwiftNames.escaped(field) == name ? "" : "\(field) ") + "\(name): \(type)"
    }
    writer.line("")
    writer.line("/// Creates the \(SwiftPrinter.contents(of: name)).")
    ignoreRules(fields, &writer)
    SwiftPrinter.writeFunction("\(access)init", parameters, depth: 1, to: &writer) { writer in
      for (field, name) in zip(fields, names) {
        writer.line("self.\(SwiftNames.escaped(field)) = \(name)")
      }
    }
  }
}
