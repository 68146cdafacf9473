import BPIR
import BPLexer

/// What `grad` differentiates, and with respect to what.
package struct Objective {
  /// The names of what is differentiated: one, or several that a Jacobian has rows for.
  package internal(set) var outputNames: [String]
  /// Their values.
  package let outputs: [Value]
  /// The names that it is differentiated with respect to.
  package let names: [String]
  /// Their values.
  package let independents: [Value]

  /// The name of what is differentiated.
  package var name: String { outputNames.joined(separator: ", ") }

  /// Finds what `of` and `wrt` name in `module`; without them the result, and the leaves that are
  /// not data.
  ///
  /// - Parameters:
  ///   - isArray: Whether what is differentiated may be an array.
  ///   - areSeveral: Whether `of` may have several names, with commas between them; without it it is all
  ///     parts of the result.
  package init(
    _ module: Module, of: String?, wrt: [String], isArray: Bool = false, areSeveral: Bool = false
  ) throws(ProgramFailure) {
    let outputs = try Objective.outputs(module, of, areSeveral)
    outputNames = outputs.map(\.name)
    self.outputs = outputs.map(\.value)
    for (name, output) in outputs {
      try Objective.check(name, module.main.type(of: output), isArray)
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

  /// Ends unless what is called `name` has derivatives.
  private static func check(
    _ name: String, _ type: ValueType, _ isArray: Bool
  ) throws(ProgramFailure) {
    guard type.isReal else {
      let kind = type.isInteger ? "an integer" : "a condition"
      throw .run(
        "'\(name)' is \(kind); only a real number has derivatives", advice: "choose one with --of")
    }
    guard isArray || type.isScalar else {
      throw .run(
        "'\(name)' has shape \(type.shape), and a gradient is that of one number",
        advice: "choose one with --of, sum it with sum(\(name)), or use bpc grad --jacobian")
    }
  }

  private static func outputs(
    _ module: Module, _ of: String?, _ areSeveral: Bool
  ) throws(ProgramFailure) -> [(name: String, value: Value)] {
    let results = zip(module.resultNames, module.main.results).map { (name: $0, value: $1) }
    guard areSeveral else { return [try output(module, of)] }
    // The name of a result is its text where it has no other, and that may have commas.
    guard let of, !results.contains(where: { $0.name == of }) else {
      return of == nil ? results : [try output(module, of)]
    }
    var outputs: [(name: String, value: Value)] = []
    for name in of.split(separator: ",").map(String.init)
    where !outputs.contains(where: { $0.name == name }) {
      outputs.append(try output(module, name))
    }
    return outputs.isEmpty ? [try output(module, of)] : outputs
  }

  private static func output(
    _ module: Module, _ of: String?
  ) throws(ProgramFailure) -> (name: String, value: Value) {
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
    throw .unknown(of, among: known.map(\.name), option: "--of", functions: module.functionNames)
  }

  private static func names(
    _ module: Module, _ wrt: [String]
  ) throws(ProgramFailure) -> [String] {
    let known = wrt.isEmpty ? [] : module.namedValues
    for name in wrt {
      guard let named = known.first(where: { $0.name == name }) else {
        throw .unknown(
          name, among: known.map(\.name), option: "--wrt", functions: module.functionNames)
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
  ///
  /// - Parameter functions: The names of the program's functions.
  package static func unknown(
    _ name: String, among names: [String], option: String, functions: [String] = []
  ) -> ProgramFailure {
    guard !functions.contains(name) else {
      return .run(
        "\(option) \(name): '\(name)' is a function, and has no value before it is called",
        advice: "define a name as one of its values, as in 'z = \(name)(…)'")
    }
    guard !name.contains(",") || option != "--of" else {
      return .run(
        "--of \(name): several names are for a Jacobian in Swift, --jacobian --emit-swift",
        advice: "choose one of them")
    }
    let near = nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
    return .run("\(option) \(name): the program has no value of this name\(near)")
  }
}
