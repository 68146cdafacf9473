// swift-tools-version: 6.1
import PackageDescription

// The folders are the stages of the compiler and the dependencies below are the only arrows
// between them. Targets carry the prefix BP because SwiftPM wants target names unique over the
// whole package graph of whoever depends on this package.
let package = Package(
  name: "bpc",
  products: [
    .executable(name: "bpc", targets: ["bpc"]),
    .library(name: "BackpropCompiler", targets: ["BackpropCompiler"]),
    .plugin(name: "BPCBuild", targets: ["BPCBuild"]),
    .plugin(name: "BPCGenerate", targets: ["BPCGenerate"]),
  ],
  targets: [
    .target(name: "BPLexer", path: "Sources/Lexer"),
    .target(name: "BPParser", dependencies: ["BPLexer"], path: "Sources/Parser"),
    .target(name: "BPIR", dependencies: ["BPLexer", "BPParser"], path: "Sources/IR"),
    .target(name: "BPAD", dependencies: ["BPLexer", "BPIR"], path: "Sources/AD"),
    .target(name: "BPInterp", dependencies: ["BPLexer", "BPIR"], path: "Sources/Interp"),
    .target(
      name: "BackpropCompiler",
      dependencies: ["BPLexer", "BPParser", "BPIR", "BPAD", "BPInterp"]),
    .executableTarget(
      name: "bpc",
      dependencies: ["BPLexer", "BPParser", "BPIR", "BPAD", "BPInterp", "BackpropCompiler"]),
    .plugin(name: "BPCBuild", capability: .buildTool(), dependencies: ["bpc"]),
    .plugin(
      name: "BPCGenerate",
      capability: .command(
        intent: .custom(
          verb: "bpc-generate", description: "Write the Swift of every .bp file beside it."),
        permissions: [
          .writeToPackageDirectory(reason: "The Swift of .bp files is written beside them.")
        ]),
      dependencies: ["bpc"]),
    .target(
      name: "TestSupport",
      dependencies: ["BPLexer", "BPParser", "BPIR", "BPAD", "BPInterp"], path: "Tests/Support"),
    .testTarget(name: "LexerTests", dependencies: ["BPLexer", "TestSupport"]),
    .testTarget(name: "ParserTests", dependencies: ["BPLexer", "BPParser", "TestSupport"]),
    .testTarget(
      name: "IRTests",
      dependencies: ["BPLexer", "BPParser", "BPIR", "BPAD", "BPInterp", "TestSupport"]),
    .testTarget(name: "ADTests", dependencies: ["BPIR", "BPAD", "BPInterp", "TestSupport"]),
    .testTarget(name: "BackpropCompilerTests", dependencies: ["BackpropCompiler"]),
    .testTarget(name: "InterpTests", dependencies: ["BPIR", "BPInterp", "TestSupport"]),
    .testTarget(name: "bpcTests", dependencies: ["bpc", "BackpropCompiler", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
