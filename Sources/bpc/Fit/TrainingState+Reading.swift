import BPInterp
import BackpropCompiler

extension TrainingState {
  /// Reads the state in the file at `path`.
  init(path: String) throws(CommandFailure) {
    do throws(DataFailure) {
      let bytes: [UInt8]
      do throws(InputFailure) { bytes = try readAll(.file(path)) } catch { throw .input(error) }
      do throws(JSONFailure) {
        var reader = JSONReader(bytes)
        self = try TrainingState(JSONFields(try reader.document()))
      } catch {
        throw error.inFile(path, bytes)
      }
    } catch {
      throw CommandFailure(error)
    }
  }

  private init(_ fields: JSONFields) throws(JSONFailure) {
    if fields.areParameters {
      throw fields.failure(
        "there are parameters here, as --params-out writes them; --params FILE begins a training "
          + "with them, and --resume goes on with a state, which --save writes")
    }
    guard try fields.text("format") == TrainingState.format else {
      throw fields.failure("this is no state that bpc train --save wrote")
    }
    program = try TrainedProgram(fields)
    training = try Training(fields)
    // The shapes alone may say any number.
    let counts = program.shapes.map { Tensor.count(of: $0) ?? .max }
    guard counts.reduce(0, { $0.adding($1) }) == training.parameters.count else {
      throw fields.failure(
        "there are \(training.parameters.count) parameters, and not as many as the shapes have")
    }
  }
}

extension Training {
  fileprivate init(_ fields: JSONFields) throws(JSONFailure) {
    let settings = try TrainingSettings(JSONFields(try fields.value("settings")))
    let parameters = try fields.list("parameters")
    guard let random = UInt64(try fields.text("random"), radix: 16) else {
      throw fields.failure("the random state cannot be that of a training")
    }
    self.init(
      settings, epoch: try fields.integer("epoch"), parameters: parameters,
      optimizer: try fields.optimizer(settings, parameters.count),
      random: RandomBits(state: random),
      record: try TrainingRecord(fields, parameters.count))
  }
}

extension TrainingRecord {
  fileprivate init(_ fields: JSONFields, _ count: Int) throws(JSONFailure) {
    let history = LossHistory(
      losses: try fields.list("losses"), stride: try fields.integer("stride"))
    guard let history else { throw fields.failure("the losses cannot be those of a training") }
    self.history = history
    previousLoss = try fields.isNull("previous") ? nil : fields.number("previous")
    best =
      try fields.isNull("best")
      ? nil : Training.Best(JSONFields(try fields.value("best")), count: count)
  }
}

extension Training.Best {
  fileprivate init(_ fields: JSONFields, count: Int) throws(JSONFailure) {
    epoch = try fields.integer("epoch")
    loss = try fields.number("loss")
    parameters = try fields.list("parameters", count: count)
  }
}

extension TrainedProgram {
  fileprivate init(_ fields: JSONFields) throws(JSONFailure) {
    var names: [String] = []
    for name in try fields.elements("names") { names.append(try name.text()) }
    var shapes: [[Int]] = []
    for shape in try fields.elements("shapes") { shapes.append(try shape.shape()) }
    self.init(
      compiler: try fields.text("compiler"), program: try fields.text("program"),
      data: try fields.text("data"), of: try fields.text("of"), names: names, shapes: shapes)
  }
}

extension TrainingSettings {
  fileprivate init(_ fields: JSONFields) throws(JSONFailure) {
    self.init(try fields.word("method"))
    momentum = try fields.number("momentum")
    smoothing = try fields.number("smoothing")
    epsilon = try fields.number("epsilon")
    decay = try fields.number("decay")
    historyLength = try fields.integer("history")
    schedule = try Schedule(fields)
    batchSize = try fields.isNull("batch-size") ? nil : fields.integer("batch-size")
    seed = try fields.integer("seed")
    maximizes = try fields.truth("maximize")
    tolerance = try fields.number("tolerance")
    gradientTolerance = try fields.number("gradient-tolerance")
    patience = try fields.isNull("patience") ? nil : fields.integer("patience")
    precision = try fields.word("precision")
  }
}

extension Schedule {
  fileprivate init(_ fields: JSONFields) throws(JSONFailure) {
    form = try fields.word("schedule")
    rate = try fields.number("rate")
    factor = try fields.number("rate-factor")
    stair = try fields.integer("rate-every")
    end = try fields.number("rate-end")
    warmUp = try fields.integer("warm-up")
    epochs = try fields.integer("epochs")
  }
}

extension JSONFields {
  /// Whether these are names with numbers or arrays, as a file of parameters has them.
  fileprivate var areParameters: Bool {
    !members.isEmpty
      && members.values.allSatisfy { value in
        switch value.content {
        case .number, .array: true
        default: false
        }
      }
  }

  /// Returns the method with what it remembers of `count` parameters.
  fileprivate func optimizer(
    _ settings: TrainingSettings, _ count: Int
  ) throws(JSONFailure) -> any Optimizer {
    var optimizer = settings.optimizer(count)
    guard optimizer.restore(try memory(), count: count) else {
      throw failure("the memory is not that of --method \(settings.method.rawValue)")
    }
    return optimizer
  }

  private func memory() throws(JSONFailure) -> [OptimizerMemory] {
    var memory: [OptimizerMemory] = []
    for element in try elements("memory") {
      let fields = try JSONFields(element)
      memory.append(
        OptimizerMemory(name: try fields.text("name"), numbers: try fields.list("numbers")))
    }
    return memory
  }
}
