extension CommandDescription {
  /// Returns the first rule of the command that `arguments` break.
  func brokenRule(in arguments: GatheredArguments) -> UsageError? {
    missingArgument(in: arguments) ?? exclusion(in: arguments) ?? missingCompanion(in: arguments)
  }

  /// Returns the error for a positional argument that is missing or has a substitute.
  private func missingArgument(in arguments: GatheredArguments) -> UsageError? {
    for positional in positionals where !positional.isOptional {
      let substitute = positional.substitute.flatMap(option(named:))
      let isReplaced = substitute.map { arguments.has($0.name) } ?? false
      let file = arguments.value(positional.name)
      if file == nil, !isReplaced { return .missingArgument(positional) }
      if let file, isReplaced, let substitute { return .excluded(file, by: substitute) }
    }
    return nil
  }

  /// Returns the error for options that cannot stand together.
  private func exclusion(in arguments: GatheredArguments) -> UsageError? {
    for option in options where arguments.has(option.name) {
      for other in option.excludes.compactMap(option(named:)) where arguments.has(other.name) {
        return .excluded(option, by: other)
      }
    }
    return nil
  }

  /// Returns the error for an option that stands without those that give it a meaning.
  private func missingCompanion(in arguments: GatheredArguments) -> UsageError? {
    for option in options where arguments.has(option.name) && !option.needs.isEmpty {
      if option.needs.contains(where: arguments.has) { continue }
      return .missingCompanion(of: option, among: option.needs.compactMap(self.option(named:)))
    }
    return nil
  }
}
