extension OutputDestination {
  /// Writes `bytes` to the place, which is not the file of `source`.
  func write(
    _ bytes: [UInt8], _ output: BufferedOutput, sparing source: SourceArgument
  ) throws(CommandFailure) {
    var inputs: [String] = []
    if case .input(.file(let input)) = source { inputs = [input] }
    try write(bytes, output, sparing: inputs)
  }

  /// Writes `bytes` to the place, which is none of the files `inputs`.
  func write(
    _ bytes: [UInt8], _ output: BufferedOutput, sparing inputs: [String]
  ) throws(CommandFailure) {
    guard case .file(let path) = self else { return output.write(contentsOf: bytes) }
    do throws(OutputFailure) {
      try writeFile(bytes, to: path, sparing: inputs)
    } catch {
      throw CommandFailure(message: error.message ?? "", exitCode: error.exitCode)
    }
  }
}

extension OutputDestination {
  /// Checks, before the work, that the place can be written to.
  func check(sparing inputs: [String]) throws(CommandFailure) {
    guard case .file(let path) = self else { return }
    do throws(OutputFailure) {
      try checkWritable(path, sparing: inputs)
    } catch {
      throw CommandFailure(message: error.message ?? "", exitCode: error.exitCode)
    }
  }
}
