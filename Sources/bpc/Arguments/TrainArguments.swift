import BPInterp

/// What `bpc train` is asked to do.
struct TrainArguments: RunsProgram, Equatable, Sendable {
  /// What is said about the program and the run.
  let program: ProgramArguments
  /// The name that is minimised, or nil for the program's result.
  let of: String?
  /// The names that are trained, or none for all that can be.
  let wrt: [String]
  /// How it goes on.
  let choices: TrainingChoices
  /// What is written besides the result.
  let files: TrainingFiles
  /// Whether large arrays are printed whole.
  let printsAll: Bool
  /// The form of the result.
  let format: OutputFormat
  /// Where the result goes.
  let output: OutputDestination

  /// Creates what `arguments` ask for.
  init(_ arguments: GatheredArguments) throws(UsageError) {
    program = try ProgramArguments(arguments)
    of = arguments.value("of")
    wrt = arguments.names("wrt")
    choices = try TrainingChoices(arguments)
    files = try TrainingFiles(arguments)
    printsAll = arguments.has("all")
    format = arguments.word("format") ?? .text
    output = OutputDestination(argument: arguments.value("output"))
  }
}

/// The files of a training besides data and result.
struct TrainingFiles: Equatable, Sendable {
  /// Where the training is kept, if it is.
  let state: String?
  /// After how many epochs, or nil for once a second.
  let saveInterval: Int?
  /// What it goes on from, if there is something.
  let resumed: String?
  /// Where the parameters go for other commands, if they do.
  let parameters: String?
  /// Where the curve of the losses goes, if one is wanted.
  let curve: String?

  /// Creates what `arguments` name, where each file is written by one option.
  init(_ arguments: GatheredArguments) throws(UsageError) {
    resumed = arguments.value("resume")
    state = arguments.value("save") ?? resumed
    saveInterval = arguments.count("save-every")
    parameters = arguments.value("params-out")
    curve = arguments.value("plot")
    if let curve { try TrainingFiles.checkPicture(curve) }
    guard state != "-" else {
      throw UsageError(message: "A training is kept in a file, and '-' is none.")
    }
    let written = [state, parameters, curve, arguments.value("output")].compactMap { $0 }
    for (index, file) in written.enumerated() where file != "-" {
      if written[..<index].contains(file) {
        throw UsageError(message: "The file \(file.quoted) is written to by two options.")
      }
    }
  }

  /// Checks that the file of the curve is not named as what it will not be.
  private static func checkPicture(_ file: String) throws(UsageError) {
    let option = OptionDescription.lossCurve
    _ = try FileForms(endings: [("svg", PlotFormat.svg)])
      .form(of: file, advice: "\(option.usage)  \(option.help)")
  }
}
