import BPInterp

/// What arguments say of how a training goes on; nil is left open.
struct TrainingChoices: Equatable, Sendable {
  /// How parameters are moved.
  let method: TrainingMethod?
  /// Numbers by the names of their options.
  let numbers: [String: Double]
  /// Whole numbers by the names of their options.
  let counts: [String: Int]
  /// How the rate changes.
  let form: Schedule.Form?
  /// Whether the largest value is looked for.
  let maximizes: Bool
  /// How many bits numbers have.
  let precision: Precision?

  /// The numbers, with what they have to be.
  private static let ranges: [(name: String, range: PartialRangeFrom<Double>, below: Double)] = [
    ("rate", Double.leastNonzeroMagnitude..., .infinity), ("momentum", 0..., 1),
    ("smoothing", 0..., 1), ("epsilon", 0..., .infinity), ("decay", 0..., .infinity),
    ("rate-factor", 0..., .infinity), ("rate-end", 0..., .infinity), ("tolerance", 0..., .infinity),
    ("gradient-tolerance", 0..., .infinity),
  ]
  private static let wholeNumbers = [
    "history", "rate-every", "warm-up", "epochs", "batch-size", "seed", "patience",
  ]

  /// Creates what `arguments` choose.
  init(_ arguments: GatheredArguments) throws(UsageError) {
    method = arguments.word("method")
    form = arguments.word("schedule")
    maximizes = arguments.has("maximize")
    precision = arguments.word("precision")
    numbers = try TrainingChoices.numbers(arguments)
    counts = try TrainingChoices.counts(arguments)
  }

  private static func counts(_ arguments: GatheredArguments) throws(UsageError) -> [String: Int] {
    var counts: [String: Int] = [:]
    for name in wholeNumbers {
      counts[name] = arguments.count(name)
      guard counts[name] ?? 0 <= Int.largestExactWhole else {
        throw UsageError(
          message: "The value of '--\(name)' is at most 2^53, \(Int.largestExactWhole): "
            + "a training counts in numbers of Float64, which has every whole number only up to there."
        )
      }
    }
    return counts
  }

  private static func numbers(
    _ arguments: GatheredArguments
  ) throws(UsageError) -> [String: Double] {
    var numbers: [String: Double] = [:]
    for (name, range, below) in ranges {
      guard let number = arguments.value(name).flatMap(Double.init) else { continue }
      guard range.contains(number), number < below else {
        let lower = name == "rate" ? "above 0" : "0 or more"
        let upper = below == 1 ? " and below 1" : ""
        throw UsageError(message: "The value of '--\(name)' is \(lower)\(upper).")
      }
      numbers[name] = number
    }
    return numbers
  }
}
