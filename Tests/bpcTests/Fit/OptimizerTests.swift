import Foundation
import Testing

@testable import bpc

/// Where the methods lead.
struct OptimizerTests {
  /// A line of `Tests/Reference/optimizers.tsv`.
  struct Reference: CustomStringConvertible, Sendable {
    let settings: TrainingSettings
    let objective: String
    let end: [Double]

    init?(_ line: Substring) {
      let fields = line.split(separator: "\t").map(String.init)
      guard fields.count == 10, let method = TrainingMethod(rawValue: fields[0]) else { return nil }
      let numbers = fields[2...].compactMap { Double($0) }
      var settings = TrainingSettings(method, rate: numbers[1], epochs: Int(numbers[0]))
      settings.momentum = numbers[2]
      settings.smoothing = numbers[3]
      settings.epsilon = numbers[4]
      settings.decay = numbers[5]
      self.settings = settings
      objective = fields[1]
      end = Array(numbers[6...])
    }

    var description: String { "\(settings.method) \(objective)" }

    static let all: [Reference] = {
      let file = Tool.package.appending(path: "Tests/Reference/optimizers.tsv")
      let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      return text.split(separator: "\n").compactMap(Reference.init)
    }()
  }

  @Test func thereAreReferences() { #expect(Reference.all.count == 12) }

  @Test(arguments: Reference.all)
  func leadsWhereTheReferenceLeads(_ reference: Reference) throws {
    let isBowl = reference.objective == "bowl"
    var training = Training(reference.settings, from: isBowl ? [5, 3] : [-1.2, 1])
    let ending = try training.run(isBowl ? .bowl : .rosenbrock)
    #expect(ending == .epochs)
    for (number, expected) in zip(training.parameters, reference.end) {
      #expect(abs(number - expected) <= 1e-13 * max(1, abs(expected)))
    }
  }

  /// What a method remembers is all that it needs to go on.
  @Test(arguments: TrainingMethod.allCases)
  func goesOnFromItsMemory(_ method: TrainingMethod) throws {
    let settings = TrainingSettings(method, rate: method == .lbfgs ? 1 : 1e-4, epochs: 9)
    var whole = Training(settings, from: [-1.2, 1, 2, 3])
    _ = try whole.run(.rosenbrock)
    var half = settings
    half.schedule.epochs = 4
    var training = Training(half, from: [-1.2, 1, 2, 3])
    _ = try training.run(.rosenbrock)
    var optimizer = settings.optimizer(4)
    let isTaken = optimizer.restore(training.optimizer.memory, count: 4)
    #expect(isTaken)
    var rest = Training(
      settings, epoch: 4, parameters: training.parameters, optimizer: optimizer,
      random: training.random, record: training.record)
    _ = try rest.run(.rosenbrock)
    #expect(rest.parameters == whole.parameters)
    #expect(rest.optimizer.memory == whole.optimizer.memory)
    #expect(rest.record == whole.record)
  }

  /// Memory of another method, or of other parameters, is not taken.
  @Test(arguments: TrainingMethod.allCases)
  func takesNoOtherMemory(_ method: TrainingMethod) {
    var optimizer = TrainingSettings(method).optimizer(3)
    for numbers in [[1.0], [1, 2, 3]] {
      let memory = [OptimizerMemory(name: "another", numbers: numbers)]
      let isTaken = optimizer.restore(memory, count: 3)
      #expect(!isTaken)
    }
    let step = OptimizerMemory(name: "step", numbers: [1, 2])
    let change = OptimizerMemory(name: "change", numbers: [1, 2])
    let areTaken = [
      optimizer.restore([step, change], count: 3), optimizer.restore([step], count: 2),
    ]
    #expect(areTaken == [false, false])
  }
}
