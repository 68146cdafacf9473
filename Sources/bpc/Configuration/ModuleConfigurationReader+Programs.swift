import BPIR
import BPLexer

extension ModuleConfigurationReader {
  /// Reads what is said of single programs.
  mutating func readPrograms(_ member: JSONMember) {
    guard case .object(let programs) = member.value.content else {
      let due = "an object of files and what holds for them"
      return report(.wrongValue(of: member.name, member.value, due: due, at: span(member.value)))
    }
    for program in programs {
      checkProgram(program)
      readProgram(program)
    }
  }

  private mutating func readProgram(_ program: JSONMember) {
    guard case .object(let members) = program.value.content else {
      let (value, place) = (program.value, span(program.value))
      return report(.wrongValue(of: program.name, value, due: "an object", at: place))
    }
    var found = ProgramConfiguration(path: program.name)
    for member in members {
      guard let key = ProgramConfiguration.Key(rawValue: member.name) else {
        let keys = ProgramConfiguration.Key.allCases.map(\.rawValue)
        report(.unknownKey(member.name, among: keys, at: source.span(ofTokenAt: member.offset)))
        continue
      }
      read(member, key, of: &found)
    }
    configuration.programs.append(found)
  }

  private mutating func read(
    _ member: JSONMember, _ key: ProgramConfiguration.Key, of program: inout ProgramConfiguration
  ) {
    switch key {
    case .name: readName(member.value, ofProgramAt: program.path)
    case .of: program.of = name(member.value, of: member.name)
    case .wrt: program.wrt = names(member)
    case .hessian: program.hasHessian = flag(member)
    case .batch: program.hasRows = flag(member)
    case .access: program.access = choice(member)
    case .precision: program.precision = choice(member)
    }
  }

  /// Returns the name that `value` is.
  private mutating func name(_ value: JSONValue, of key: String) -> ProgramConfiguration.Name? {
    guard case .string(let text) = value.content else {
      report(.wrongValue(of: key, value, due: "a name", at: span(value)))
      return nil
    }
    return ProgramConfiguration.Name(text: text, span: span(value))
  }

  /// Returns the names that the value of `member` lists, at least one.
  private mutating func names(_ member: JSONMember) -> [ProgramConfiguration.Name] {
    guard case .array(let elements) = member.value.content else {
      var help = ""
      if case .string(let name) = member.value.content { help = "write [\(name.json)]" }
      let (due, place) = ("an array of names", span(member.value))
      report(.wrongValue(of: member.name, member.value, due: due, at: place, help: help))
      return []
    }
    if elements.isEmpty { report(.noNames(of: member.name, at: span(member.value))) }
    return elements.compactMap { name($0, of: member.name) }
  }

  /// Returns whether the value of `member` is true.
  private mutating func flag(_ member: JSONMember) -> Bool {
    if case .boolean(let isSet) = member.value.content { return isSet }
    let due = "true or false"
    report(.wrongValue(of: member.name, member.value, due: due, at: span(member.value)))
    return false
  }
}
