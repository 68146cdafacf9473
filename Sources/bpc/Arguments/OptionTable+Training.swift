// The options of `bpc train`. Without a default they leave open what a state that is resumed says.

extension OptionDescription {
  /// The names that are trained.
  static let trained = OptionDescription(
    name: "wrt",
    help: "The names to train, separated by commas; else parameters, and free names without data.",
    value: Value(name: "names", kind: .names), isRepeatable: true)

  /// What is minimised.
  static let trainedResult = OptionDescription(
    name: "of", help: "The name to minimise, if it is not the result.",
    value: Value(name: "name", kind: .text))

  /// Up in place of down.
  static let maximize = OptionDescription(
    name: "maximize", help: "Look for the largest value, not for the smallest.")

  /// How parameters are moved.
  static let method = OptionDescription(
    name: "method", help: "How the parameters are moved; else sgd.",
    value: Value(name: "method", kind: .words(TrainingMethod.allCases.map(\.rawValue))),
    synonyms: ["optimizer", "optim", "optimiser", "algorithm", "solver"])

  /// How far a step goes.
  static let rate = OptionDescription(
    name: "rate", help: "How far a step goes; else 0.01, for adam and adamw 0.001, for lbfgs 1.",
    value: Value(name: "rate", kind: .number),
    synonyms: ["lr", "learning-rate", "learning_rate", "step-size", "step", "alpha", "eta"])

  /// How much of the velocity stays.
  static let momentum = OptionDescription(
    name: "momentum", help: "How much of earlier gradients stays; for adam beta 1; else 0.9.",
    value: Value(name: "number", kind: .number))

  /// How much of the mean square stays.
  static let smoothing = OptionDescription(
    name: "smoothing",
    help:
      "How much of earlier squares stays: alpha of rmsprop, else 0.99; beta 2 of adam, else 0.999.",
    value: Value(name: "number", kind: .number))

  /// What keeps quotients finite.
  static let epsilon = OptionDescription(
    name: "epsilon", help: "What rmsprop and adam add to the root they divide by; else 1e-8.",
    value: Value(name: "number", kind: .number))

  /// How fast parameters decay besides.
  static let decay = OptionDescription(
    name: "decay", help: "How fast adamw lets parameters decay besides; else 0.01.",
    value: Value(name: "number", kind: .number))

  /// How much L-BFGS remembers.
  static let history = OptionDescription(
    name: "history", help: "How many steps lbfgs remembers; else 10.",
    value: Value(name: "count", kind: .count))

  /// How the rate changes.
  static let schedule = OptionDescription(
    name: "schedule", help: "How the rate changes from epoch to epoch; else constant.",
    value: Value(name: "form", kind: .words(Schedule.Form.allCases.map(\.rawValue))))

  /// What a stair leaves of the rate.
  static let rateFactor = OptionDescription(
    name: "rate-factor",
    help:
      "The factor of the schedule: of a step, else 0.1; of an epoch, else 0.99; inverse, else 0.01.",
    value: Value(name: "factor", kind: .number))

  /// How long a stair is.
  static let rateEvery = OptionDescription(
    name: "rate-every", help: "After how many epochs a step comes; else a third of them.",
    value: Value(name: "epochs", kind: .count))

  /// Where a cosine ends.
  static let rateEnd = OptionDescription(
    name: "rate-end", help: "The rate at which the schedule cosine ends; else 0.",
    value: Value(name: "rate", kind: .number))

  /// How long the rate grows.
  static let warmUp = OptionDescription(
    name: "warm-up", help: "How many epochs the rate grows at first; else 0.",
    value: Value(name: "epochs", kind: .whole))

  /// How long the training is.
  static let epochs = OptionDescription(
    name: "epochs", help: "How often to go through the data, with what was resumed; else 1000.",
    value: Value(name: "count", kind: .whole),
    synonyms: ["iterations", "iters", "steps", "num-epochs", "max-iter", "max-iterations", "n"])

  /// How many rows a step sees.
  static let batchSize = OptionDescription(
    name: "batch-size", help: "How many rows a step sees, in random order; else all.",
    value: Value(name: "rows", kind: .count), synonyms: ["batch", "batch_size", "minibatch"])

  /// What random numbers follow from.
  static let seed = OptionDescription(
    name: "seed", help: "The number that the order of the rows follows from; else 0.",
    value: Value(name: "number", kind: .whole))

  /// When the loss has settled.
  static let tolerance = OptionDescription(
    name: "tolerance", help: "End when an epoch changes the result by less; else 0.",
    value: Value(name: "change", kind: .number))

  /// When the slope is flat.
  static let gradientTolerance = OptionDescription(
    name: "gradient-tolerance",
    help: "End when no derivative is larger; else 0, for lbfgs 1e-8.",
    value: Value(name: "slope", kind: .number))

  /// How long to wait for something better.
  static let patience = OptionDescription(
    name: "patience", help: "End after so many epochs without a better result, and take the best.",
    value: Value(name: "epochs", kind: .count))

  /// Where the training is kept.
  static let save = OptionDescription(
    name: "save", help: "A file to keep the training in, so that --resume can go on.",
    value: Value(name: "file", kind: .file(withExtension: "json")))

  /// When it is kept.
  static let saveEvery = OptionDescription(
    name: "save-every", help: "After how many epochs to save; else once a second.",
    value: Value(name: "epochs", kind: .count), needs: ["save", "resume"])

  /// Where to go on.
  static let resume = OptionDescription(
    name: "resume", help: "A file of --save to go on from, and to save to.",
    value: Value(name: "file", kind: .file(withExtension: "json")))

  /// The parameters for other commands.
  static let paramsOut = OptionDescription(
    name: "params-out", help: "A file for the parameters, which --params reads.",
    value: Value(name: "file", kind: .file(withExtension: "json")))

  /// A picture of the losses.
  static let lossCurve = OptionDescription(
    name: "plot", help: "A file for the curve of the losses, an SVG picture.",
    value: Value(name: "file", kind: .file(withExtension: "svg")))

  /// Float64 or Float32, which a state may choose, too.
  static let trainingPrecision = OptionDescription(
    name: "precision", help: "The numbers that the program computes with; else float64.",
    value: Value(name: "precision", kind: .words(["float64", "float32"])))
}
