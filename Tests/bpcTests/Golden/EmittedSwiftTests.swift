import BPAD
import BPIR
import BPLexer
import Foundation
import TestSupport
import Testing

@testable import bpc

/// The Swift that is emitted for every golden, every example and some random programs: compiled
/// without a warning, formatted as the formatter wants it, and giving the interpreter's numbers.
struct EmittedSwiftTests {
  /// A program with a point to run it at.
  private struct Sample {
    let name: String
    let source: Source
    let point: [String: Double]
  }

  @Test func emittedSwiftAgreesWithInterpreter() throws {
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "bpc-emitted-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    var calls: [String] = []
    var expected: [[Double]] = []
    for (index, sample) in try samples().enumerated() {
      guard let (text, call, numbers) = emit(sample, namespace: "Model\(index)") else { continue }
      try Data(text.utf8).write(to: scratch.appending(path: "Model\(index).swift"))
      calls.append(call)
      expected.append(numbers)
    }
    #expect(expected.count > 40)
    try Data(calls.joined(separator: "\n").utf8).write(to: scratch.appending(path: "main.swift"))
    let files = (0..<1000).map { "Model\($0).swift" }.filter {
      FileManager.default.fileExists(
        atPath: scratch.appending(path: $0).path(percentEncoded: false))
    }
    try lint(files, in: scratch)
    try compile(files + ["main.swift"], in: scratch)
    let outcome = try Tool.run(scratch.appending(path: "models"), [], in: scratch)
    #expect(outcome.status == 0, "\(outcome.errors)")
    compare(outcome.output, expected, calls)
  }

  private func samples() throws -> [Sample] {
    var samples: [Sample] = []
    let examples = try FileManager.default.contentsOfDirectory(
      at: Tool.package.appending(path: "examples"), includingPropertiesForKeys: nil)
    for file in examples.filter({ $0.pathExtension == "bp" }) + GoldenFile.all.map(\.program) {
      let bytes = [UInt8](try Data(contentsOf: file))
      let source = Source(name: file.lastPathComponent, bytes: bytes)
      samples.append(Sample(name: file.lastPathComponent, source: source, point: [:]))
    }
    for seed in 0..<30 as Range<UInt64> {
      let program = RandomProgram(seed: 7000 + seed, size: seed == 0 ? 300 : 20)
      samples.append(
        Sample(
          name: "random \(seed)", source: Source(name: "random.bp", text: program.text),
          point: Dictionary(uniqueKeysWithValues: zip(program.leaves, program.point))))
    }
    return samples
  }

  /// Returns the Swift file, a statement that prints its numbers, and the interpreter's numbers; nil
  /// for a program that has none.
  private func emit(
    _ sample: Sample, namespace: String
  ) -> (text: String, call: String, numbers: [Double])? {
    let compiler = Compiler()
    let compilation = compiler.compile(sample.source)
    guard let module = compilation.module,
      let objective = try? Objective(module, of: nil, wrt: [])
    else { return nil }
    let differentiation = Differentiation(
      compilation, module, objective, compiler,
      order: objective.names.count < 4 ? .hessian : .gradient)
    let model = differentiation.swift(namespace: namespace)
    let values = module.leaves.indices.map { index in
      let leaf = module.leaves[index]
      return sample.point[leaf.name] ?? leaf.defaultValue
        ?? (leaf.type == .integer ? 2 : 0.7 + 0.3 * Double(index))
    }
    let bindings = Bindings(values: values)
    guard
      let numbers = try? DerivativeRun(differentiation, bindings, .silent).derivatives(bindings)
    else { return nil }
    let arguments = zip(module.leaves, values).map { leaf, value in
      "\(leaf.name == "inout" ? "`inout`" : leaf.name): \(leaf.type == .integer ? "\(Int(value))" : "\(value)")"
    }.joined(separator: ", ")
    let names = objective.names.map { "`\($0)`" }
    var fields = names.map { "r.gradient.\($0)" }
    var call = "valueAndGradient"
    if numbers.hessian != nil {
      call = "valueGradientAndHessian"
      fields += names.flatMap { row in names.map { "r.hessian.\(row).\($0)" } }
    }
    let statement = """
      do {
        let r = \(namespace).\(call)(\(arguments))
        let v = \(namespace).value(\(arguments))
        let g = \(namespace).gradient(\(arguments))
        precondition(g == r.gradient || g != g)
        precondition(v == r.value || v.isNaN)
        print([r.value, \(fields.joined(separator: ", "))].map { String($0.bitPattern) }.joined(separator: " "))
      }
      """
    let all = [numbers.value] + numbers.gradient + (numbers.hessian ?? []).flatMap { $0 }
    return (model.text, statement, all.flatMap(\.values))
  }

  private func lint(_ files: [String], in folder: URL) throws {
    let swift = URL(filePath: "/usr/bin/env")
    let outcome = try Tool.run(swift, ["swift", "format", "lint", "--strict"] + files, in: folder)
    #expect(outcome.status == 0, "\(outcome.errors.prefix(4000))")
  }

  private func compile(_ files: [String], in folder: URL) throws {
    let env = URL(filePath: "/usr/bin/env")
    let options = ["-O", "-warnings-as-errors", "-swift-version", "6", "-o", "models"]
    let build = try Tool.run(env, ["swiftc"] + options + files, in: folder)
    #expect(build.status == 0, "\((build.output + build.errors).prefix(4000))")
    let check = ["-typecheck", "-warnings-as-errors", "-swift-version", "5"]
    let old = try Tool.run(env, ["swiftc"] + check + files, in: folder)
    #expect(old.status == 0, "\((old.output + old.errors).prefix(4000))")
  }

  private func compare(_ output: String, _ expected: [[Double]], _ calls: [String]) {
    let lines = output.split(separator: "\n")
    #expect(lines.count == expected.count)
    for (index, line) in lines.enumerated() where index < expected.count {
      let numbers = line.split(separator: " ").compactMap { UInt64($0) }.map(
        Double.init(bitPattern:))
      #expect(numbers.count == expected[index].count)
      for (a, b) in zip(numbers, expected[index]) {
        #expect(distanceInUlps(a, b) <= 2, "\(a) and \(b): \(calls[index])")
      }
    }
  }
}
