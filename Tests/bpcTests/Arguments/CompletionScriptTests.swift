import Testing

@testable import bpc

/// The scripts that make shells complete our commands, tried in those shells that are installed.
struct CompletionScriptTests {
  /// The script is what the option prints.
  @Test(arguments: CompletionShell.allCases)
  func option(_ shell: CompletionShell) {
    #expect(printed("--generate-completion-script \(shell)") == shell.completionScript)
    #expect(printed("--generate-completion-script=\(shell)") == shell.completionScript)
    #expect(shell.completionScript.split(separator: "\n").count > 50)
  }

  /// A shell that is not there is an error.
  @Test func otherShells() {
    #expect(
      usageError("--generate-completion-script tcsh") == """
        Error: The value 'tcsh' is invalid for '--generate-completion-script <shell>'. \
        Please provide one of 'bash', 'zsh' or 'fish'.
        Help:  --generate-completion-script <shell>  Print a completion script.
        """)
    #expect(
      usageError("--generate-completion-script").hasPrefix("Error: Missing value for '--generate"))
  }

  /// The shell itself finds no mistake in the script.
  @Test(arguments: CompletionShell.allCases.filter { isInstalled($0.rawValue) })
  func syntax(_ shell: CompletionShell) {
    let directory = TemporaryDirectory()
    let file = directory.file("script", shell.completionScript)
    let result = bpcTests.shell("\(shell.rawValue) -n '\(file)' 2>&1")
    #expect(result.output.isEmpty)
    #expect(result.code == 0)
  }

  /// What bash offers for the last of some words.
  @Test(
    .enabled(if: isInstalled("bash")),
    arguments: [
      ("bpc ch", "check"),
      ("bpc m", "m.bp"),
      ("bpc d", "dir"),
      ("bpc gr", "grad graph"),
      ("bpc grad --emit", "--emit-swift --emit-ir"),
      ("bpc grad m.bp --show o", "optimized"),
      ("bpc grad --format =", "text json csv"),
      ("bpc eval --format = c", "csv"),
      ("bpc m.bp --form", "--format"),
      ("bpc eval --color a", "auto always"),
      ("bpc eval m", "m.bp"),
      ("bpc grad -o o", "o.txt"),
      ("bpc help op", "operations operators"),
      ("bpc help softp", "softplus"),
      ("bpc eval -e m", ""),
      ("bpc eval --no-x", ""),
    ])
  func bash(_ line: String, _ offered: String) {
    let directory = TemporaryDirectory()
    let names = ["m.bp", "o.txt", "script"].map {
      directory.file($0, CompletionShell.bash.completionScript)
    }
    let words = line.split(separator: " ").map { "'\($0)'" }
    let script = """
      cd '\(directory.path)' && mkdir dir && bash --norc -c '
      source "\(names[2])"
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _bpc; echo "${COMPREPLY[@]}"' \
      bash \(words.joined(separator: " ")) 2>&1
      """
    #expect(shell(script).output == "\(offered)\n")
  }

  /// What fish offers for the last of some words.
  @Test(
    .enabled(if: isInstalled("fish")),
    arguments: [
      ("bpc gr", "grad graph"),
      ("bpc grad --show o", "optimized"),
      ("bpc eval --format=c", "--format=csv"),
      ("bpc m.bp --form", "--format"),
      ("bpc help op", "operations"),
    ])
  func fish(_ line: String, _ offered: String) {
    let directory = TemporaryDirectory()
    let file = directory.file("script", CompletionShell.fish.completionScript)
    let command = "source \(file); complete -C \"\(line)\""
    let result = shell("fish --no-config -c '\(command)' 2>&1 </dev/null")
    #expect(result.output.split(separator: "\n").map { $0.prefix { $0 != "\t" } } == [offered[...]])
  }
}
