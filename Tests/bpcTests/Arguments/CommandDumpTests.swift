import Testing

@testable import bpc

/// The commands as JSON.
struct CommandDumpTests {
  /// A small command, in the form of swift-argument-parser.
  @Test func wholeText() {
    let start = """
      {
        "command" : {
          "abstract" : "Start an interactive session.",
          "arguments" : [
            {
              "abstract" : "When to use color.",
              "allValues" : [
                "auto",
                "always",
                "never"
              ],
              "completionKind" : {
                "list" : {
                  "values" : [
                    "auto",
                    "always",
                    "never"
                  ]
                }
              },
              "defaultValue" : "auto",
              "isOptional" : true,
              "isRepeating" : false,
              "kind" : "option",
              "names" : [
                {
                  "kind" : "long",
                  "name" : "color"
                }
              ],
              "parsingStrategy" : "default",
              "preferredName" : {
                "kind" : "long",
                "name" : "color"
              },
              "shouldDisplay" : true,
              "valueName" : "color"
            },

      """
    let end = """
          ],
          "commandName" : "repl",
          "shouldDisplay" : true,
          "superCommands" : [
            "bpc"
          ]
        },
        "serializationVersion" : 0
      }

      """
    #expect(printed("repl --dump-help").hasPrefix(start))
    #expect(printed("repl --dump-help").hasSuffix(end))
  }

  /// Both names of the option print the same, and the tool holds its commands.
  @Test func commands() {
    #expect(printed("grad --experimental-dump-help") == printed("grad --dump-help"))
    let text = printed("--dump-help")
    for command in CommandTable.commands {
      #expect(text.contains("\"commandName\" : \"\(command.name)\""))
    }
  }

  /// What may be repeated is said to be, and what is hidden, too.
  @Test func marks() {
    let text = printed("grad --dump-help")
    #expect(text.split(separator: "\"isRepeating\" : true").count == 7)
    #expect(text.split(separator: "\"shouldDisplay\" : false").count == 5)
    #expect(text.split(separator: "\"isOptional\" : false").count == 1)
    #expect(printed("check --dump-help").split(separator: "\"isOptional\" : false").count == 2)
  }

  /// Another program can read all of it.
  @Test(.enabled(if: isInstalled("python3")), arguments: ["", "eval", "grad", "check", "help"])
  func isJSON(_ command: String) {
    let directory = TemporaryDirectory()
    let file = directory.file("dump.json", printed("\(command) --dump-help"))
    #expect(shell("python3 -m json.tool '\(file)' 2>&1 >/dev/null").output.isEmpty)
    #expect(directory.text(of: "dump.json").count > 100)
  }

  /// Texts are quoted as JSON wants it.
  @Test func quoting() {
    let text = DumpedValue.string("a\"b\\c\n\u{1}é").text()
    #expect(text == #""a\"b\\c\u000a\u0001é""#)
  }
}
