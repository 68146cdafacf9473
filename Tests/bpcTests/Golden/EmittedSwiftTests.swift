import BPAD
import BPIR
import BPInterp
import BPLexer
import BackpropCompiler
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
    /// The leaves of a random program of arrays, and what the symbols of their shapes are.
    var arrays: [String: Tensor] = [:]
    var sizes: [String: Int] = [:]
    /// Which functions calls share.
    var sharing = CallSharing()
  }

  /// How many random programs of arrays are emitted; BPC_EMITTED_PROGRAMS asks for more.
  private static let arrayProgramCount =
    UInt64(ProcessInfo.processInfo.environment["BPC_EMITTED_PROGRAMS"] ?? "") ?? 12

  /// How many random programs with nested control flow are emitted; BPC_EMITTED_FLOW_PROGRAMS asks
  /// for more, and BPC_RANDOM_SEED for others.
  private static let flowProgramCount =
    UInt64(ProcessInfo.processInfo.environment["BPC_EMITTED_FLOW_PROGRAMS"] ?? "") ?? 12
  private static let firstFlowSeed =
    UInt64(ProcessInfo.processInfo.environment["BPC_RANDOM_SEED"] ?? "") ?? 9000

  /// Random programs, and every second example and eighth golden, as a release has them.
  @Test func emittedSwiftAgreesWithInterpreter() async throws {
    try await compare(
      every(2, of: exampleSamples()) + every(8, of: goldenSamples()) + randomSamples())
  }

  /// The others, which nothing optimises: their numbers are the same, and compiling takes less.
  @Test func emittedSwiftThatIsNotOptimizedAgreesWithInterpreter() async throws {
    let rest = try every(2, of: exampleSamples(), from: 1) + others(of: 8, goldenSamples())
    try await compare(rest, isOptimized: false)
  }

  private func every(_ step: Int, of samples: [Sample], from first: Int = 0) -> [Sample] {
    stride(from: first, to: samples.count, by: step).map { samples[$0] }
  }

  private func others(of step: Int, _ samples: [Sample]) -> [Sample] {
    samples.enumerated().filter { $0.offset % step != 0 }.map(\.element)
  }

  @Test func emittedSwiftOfRandomFlowAgreesWithInterpreter() async throws {
    var rest = flowSamples()[...]
    while !rest.isEmpty {
      try await compare(Array(rest.prefix(100)))
      rest = rest.dropFirst(100)
    }
  }

  /// Compiles the Swift of `samples` as one program, and compares what it prints with the interpreter.
  private func compare(_ samples: [Sample], isOptimized: Bool = true) async throws {
    var program = EmittedProgram()
    var calls: [String] = []
    var expected: [[Double]] = []
    for (index, sample) in samples.enumerated() {
      guard let (text, call, numbers) = emit(sample, number: index) else { continue }
      program.add("Model\(index)", text)
      calls.append(call)
      expected.append(numbers)
    }
    #expect(expected.count > samples.count / 3)
    // A function each: the top level as one is slow to compile.
    let functions = calls.enumerated().map { "func run\($0)() {\n\($1)\n}\nrun\($0)()\n" }
    let main = EmittedSwiftTests.sampleText + functions.joined(separator: "\n")
    let output = try await program.output(main: main, isStrict: true, isOptimized: isOptimized)
    compare(output, expected, calls)
  }

  /// The goldens of commands that show a run: their programs compute nothing that others do not.
  private static let topicsOfRuns: Set<String> = ["blame", "explain", "graph", "plot", "train"]

  private func exampleSamples() throws -> [Sample] {
    let examples = try FileManager.default.contentsOfDirectory(
      at: Tool.package.appending(path: "examples"), includingPropertiesForKeys: nil)
    return try examples.filter { $0.pathExtension == "bp" }.sorted { $0.path < $1.path }.map(sample)
  }

  private func goldenSamples() -> [Sample] {
    let goldens = GoldenFile.all.map(\.program).filter {
      !EmittedSwiftTests.topicsOfRuns.contains($0.deletingLastPathComponent().lastPathComponent)
    }
    return goldens.compactMap { try? sample($0) }
  }

  private func sample(_ file: URL) throws -> Sample {
    let bytes = [UInt8](try Data(contentsOf: file))
    let source = Source(name: file.lastPathComponent, bytes: bytes)
    return Sample(name: file.lastPathComponent, source: source, point: [:])
  }

  private func randomSamples() -> [Sample] {
    var samples: [Sample] = []
    for seed in 0..<30 as Range<UInt64> {
      let program = RandomProgram(seed: 7000 + seed, size: seed == 0 ? 300 : 20)
      samples.append(
        Sample(
          name: "random \(seed)", source: Source(name: "random.bp", text: program.text),
          point: Dictionary(uniqueKeysWithValues: zip(program.leaves, program.point))))
    }
    for seed in 0..<EmittedSwiftTests.arrayProgramCount {
      let program = RandomArrayProgram(seed: 8000 + seed, size: 6)
      let source = Source(name: "random.bp", text: program.text)
      var sample = Sample(name: "random array \(seed)", source: source, point: [:])
      for leaf in program.leaves { sample.arrays[leaf.name] = leaf.value }
      sample.sizes = program.sizes
      samples.append(sample)
    }
    return samples
  }

  private func flowSamples() -> [Sample] {
    (0..<EmittedSwiftTests.flowProgramCount).map { index in
      let seed = EmittedSwiftTests.firstFlowSeed &+ index
      let program = RandomFlowProgram(seed: seed, size: 3 + Int(index % 20))
      let source = Source(name: "random.bp", text: program.text)
      var sample = Sample(name: "random flow \(seed)", source: source, point: [:])
      if index % 2 == 1 { sample.sharing = .all }
      for (name, values) in zip(["x", "y", "z", "v"], program.point) {
        sample.arrays[name] =
          values.count == 1 ? Tensor(values[0]) : Tensor(shape: [values.count], values: values)
      }
      return sample
    }
  }

  /// Returns the Swift file, a statement that prints its numbers, and the interpreter's numbers; nil
  /// for a program that has none.
  private func emit(
    _ sample: Sample, number: Int
  ) -> (text: String, call: String, numbers: [Double])? {
    var compiler = Compiler()
    compiler.sharing = sample.sharing
    let compilation = compiler.compile(sample.source)
    guard let module = compilation.module,
      let objective = try? Objective(module, of: nil, wrt: [])
    else { return nil }
    // Of arrays a Hessian is not emitted, and that of a large program takes long to compile.
    let areFew =
      objective.names.count < 4 && module.main.instructions.count < 200
      && objective.independents.allSatisfy { module.main.type(of: $0).isScalar }
    let differentiation = Differentiation(
      compilation, module, objective, compiler, order: areFew ? .hessian : .gradient)
    // The command refuses these.
    guard !differentiation.problem.function.hasTurnSizes else { return nil }
    let namespace = "Model\(number)"
    let access = SwiftAccess.allCases[number % SwiftAccess.allCases.count]
    let model = differentiation.swift(SwiftStyle(namespace: namespace, access: access))
    let bindings = bindings(module, model, sample)
    guard
      let numbers = try? DerivativeRun(differentiation, bindings).derivatives(bindings)
    else { return nil }
    let arguments = arguments(module, model, bindings, sample)
    let names = objective.names.map { "`\($0)`" }
    var fields = zip(names, numbers.gradient).map { name, tensor in
      "numbers += " + (tensor.isScalar ? "[r.gradient.\(name)]" : "r.gradient.\(name)")
    }
    var call = "valueAndGradient"
    if model.hessian != nil {
      call = "valueGradientAndHessian"
      fields += names.flatMap { row in names.map { "numbers += [r.hessian.\(row).\($0)]" } }
    }
    let statement = """
      do {
        let r = \(namespace).\(call)(\(arguments))
        let v = \(namespace).value(\(arguments))
        let g = \(namespace).gradient(\(arguments))
        precondition(String(describing: g) == String(describing: r.gradient))
        precondition(v == r.value || v.isNaN)
        var numbers = [r.value]
        \(fields.joined(separator: "\n  "))
        print(numbers.map { String($0.bitPattern) }.joined(separator: " "))
      }
      """
    let hessian = model.hessian == nil ? [] : (numbers.hessian ?? []).flatMap { $0 }
    let all = [numbers.value] + numbers.gradient + hessian
    return (model.text, statement, all.flatMap(\.values))
  }

  /// Returns a point to run the program at: what `point` says, defaults, or numbers without meaning.
  private func bindings(
    _ module: Module, _ model: SwiftModel, _ sample: Sample
  ) -> Bindings {
    let point = sample.point
    if !sample.arrays.isEmpty {
      let values = module.leaves.map { sample.arrays[$0.name] ?? Tensor(0) }
      return Bindings(values: values, sizes: sample.sizes, rows: nil)
    }
    var sizes: [String: Int] = [:]
    for leaf in module.leaves where leaf.type == .integer {
      sizes[leaf.name] = Int(point[leaf.name] ?? leaf.defaultValue ?? 2)
    }
    for (index, name) in module.symbols.enumerated() { sizes[name] = sizes[name] ?? 4 + index }
    let known = sizes.mapValues { Dimension($0) }
    let values = module.leaves.indices.map { index in
      let leaf = module.leaves[index]
      if leaf.type == .integer { return Tensor(Double(sizes[leaf.name] ?? 2)) }
      let shape = leaf.type.shape.substituting(known).numbers ?? []
      let count = shape.reduce(1, *)
      if let number = point[leaf.name] ?? leaf.defaultValue {
        return Tensor(shape: shape, values: Array(repeating: number, count: count))
      }
      let numbers = EmittedSwiftTests.sample(index, count)
      return Tensor(
        shape: shape, values: leaf.type.isInteger ? numbers.map { $0 < 0 ? 0 : 1 } : numbers)
    }
    return Bindings(values: values, sizes: sizes, rows: nil)
  }

  /// Returns numbers without meaning; `main.swift` has the same function.
  private static func sample(_ index: Int, _ count: Int) -> [Double] {
    var numbers = [Double](repeating: 0, count: count)
    for k in 0..<count { numbers[k] = 0.7 + 0.3 * Double(index) - 0.37 * Double(k % 7) }
    return numbers
  }

  /// The same function as text.
  private static let sampleText = """
    func sample(_ index: Int, _ count: Int) -> [Double] {
      var numbers = [Double](repeating: 0, count: count)
      for k in 0..<count { numbers[k] = 0.7 + 0.3 * Double(index) - 0.37 * Double(k % 7) }
      return numbers
    }

    """

  /// Returns the arguments as Swift writes them.
  private func arguments(
    _ module: Module, _ model: SwiftModel, _ bindings: Bindings, _ sample: Sample
  ) -> String {
    var arguments = module.leaves.indices.map { index in
      let (leaf, value) = (module.leaves[index], bindings.values[index])
      var text = "[]"
      if !sample.arrays.isEmpty, !value.isScalar {
        let numbers = value.values.map { leaf.type.isInteger ? "\(Int($0))" : "\($0)" }
        text = "[\(numbers.joined(separator: ", "))]"
      } else if value.isScalar {
        text = leaf.type.isInteger ? "\(Int(value.values[0]))" : "\(value.values[0])"
      } else if let number = leaf.defaultValue {
        text = "Array(repeating: \(number), count: \(value.count))"
      } else {
        text = "sample(\(index), \(value.count))"
        if leaf.type.isInteger { text += ".map { $0 < 0 ? 0 : 1 }" }
      }
      return "\(leaf.name == "inout" ? "`inout`" : leaf.name): \(text)"
    }
    for name in model.sizeParameters { arguments.append("\(name): \(bindings.sizes[name] ?? 0)") }
    return arguments.joined(separator: ", ")
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
