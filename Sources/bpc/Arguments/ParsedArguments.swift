/// What the arguments of the process ask for.
enum ParsedArguments: Equatable, Sendable {
  /// To run a command.
  case run(Invocation)
  /// To print a text on standard output and exit with success.
  case print(String)
  /// Nothing that makes sense: the text goes to standard error, and the exit code is 64.
  case usageError(String)
}

/// A command with its arguments, ready to run.
enum Invocation: Equatable, Sendable {
  /// `bpc eval`.
  case eval(EvalArguments)
  /// `bpc grad`.
  case grad(GradArguments)
  /// `bpc explain`.
  case explain(ExplainArguments)
  /// `bpc graph`.
  case graph(GraphArguments)
  /// `bpc plot`.
  case plot(PlotArguments)
  /// `bpc train`.
  case train(TrainArguments)
  /// `bpc check`.
  case check(CheckArguments)
  /// `bpc repl`.
  case repl(ReplArguments)
  /// `bpc help` on something that is not a command.
  case help(HelpTopic)
}
