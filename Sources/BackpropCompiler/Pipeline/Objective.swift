import BPIR
import BPLexer

/// What `grad` differentiates, and with respect to what.
package struct Objective {
  /// The name of what is differentiated.
  package let name: String
  /// Its value.
  package let output: Value
  /// The names that it is differentiated with respect to.
  package let names: [String]
  /// Their values.
  package let independents: [Value]

  /// Finds what `of` and `wrt` name in `module`; without them the result, and the leaves that are
  /// not data.
  ///
  /// - Parameter isArray: Whether what is differentiated may be an array.
  package init(
    _ module: Module, of: String?, wrt: [String], isArray: Bool = false
  ) throws(ProgramFailure) {
    (name, output) = try Objective.output(module, of)
    let type = module.main.type(of: output)
    guard type.isReal else {
      let kind = type.isInteger ? "an integer" : "a condition"
      throw .run(
        "'\(name)' is \(kind); only a real number has derivatives", advice: "choose one with --of")
    }
    guard isArray || type.isScalar else {
      throw .run(
        "'\(name)' has shape \(type.shape), and a gradient is that of one number",
        advice: "choose one with --of, sum it with sum(\(name)), or use --jacobian")
    }
    names = try Objective.names(module, wrt)
    // A name that is a leaf means the leaf, also where the program redefines it.
    var values: [String: Value] = [:]
    if !wrt.isEmpty { for (name, value) in module.namedValues { values[name] = value } }
    for (leaf, parameter) in zip(module.leaves, module.main.parameters) {
      values[leaf.name] = parameter
    }
    independents = names.compactMap { values[$0] }
  }

  private static func output(
    _ module: Module, _ of: String?
  ) throws(ProgramFailure) -> (String, Value) {
    guard let of else {
      guard module.resultNames.count == 1 else {
        let names = module.resultNames.map { "'\($0)'" }.joined(separator: ", ")
        throw .run("the result has several parts, \(names)", advice: "choose one with --of")
      }
      return (module.resultNames[0], module.main.results[0])
    }
    let results = zip(module.resultNames, module.main.results).map { (name: $0, value: $1) }
    let known = module.namedValues + results
    if let named = known.first(where: { $0.name == of }) { return (of, named.value) }
    throw .unknown(of, among: known.map(\.name), option: "--of")
  }

  private static func names(
    _ module: Module, _ wrt: [String]
  ) throws(ProgramFailure) -> [String] {
    let known = wrt.isEmpty ? [] : module.namedValues
    for name in wrt {
      guard let named = known.first(where: { $0.name == name }) else {
        throw .unknown(name, among: known.map(\.name), option: "--wrt")
      }
      guard module.main.type(of: named.value).isReal else {
        throw .run("'\(name)' is no real number, and nothing is differentiated with respect to it")
      }
    }
    guard wrt.isEmpty else {
      var seen: Set<String> = []
      return wrt.filter { seen.insert($0).inserted }
    }
    let names = module.leaves.filter(\.isDifferentiated).map(\.name)
    guard !names.isEmpty else {
      throw .run(
        "there is nothing to differentiate with respect to",
        advice: "use a name that is not defined, declare one with 'param', or name one with --wrt")
    }
    return names
  }
}

extension ProgramFailure {
  /// Returns the failure for a name that the program does not have.
  static func unknown(
    _ name: String, among names: [String], option: String
  ) -> ProgramFailure {
    let near = nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
    return .run("\(option) \(name): the program has no value of this name\(near)")
  }
}
