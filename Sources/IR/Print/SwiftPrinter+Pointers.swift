// How functions for users come to pointers to the arrays that they change. Where an array is passed as
// a pointer, Swift holds on to its memory for the call, which costs two atomic operations an array: as
// much as a small network. In a closure that an array lends its memory to, nothing has to hold on.

extension SwiftPrinter {
  /// The arrays beyond which they are passed as pointers, and not by closures within closures.
  private static let mostClosures = 12

  /// Writes the return of what `core` gives, where derivatives and workspace are arrays of the caller.
  mutating func writeLendingCall(
    _ core: SwiftCore, _ signature: SwiftSignature, _ writer: inout LineWriter
  ) {
    let fields = model.independents.map { "&gradient.\(SwiftNames.escaped($0))" }
    let hasWorkspace = core.workspaceCount != Dimension(0)
    let arrayCount = gradientTypes.filter { !$0.shape.isScalar }.count + (hasWorkspace ? 1 : 0)
    guard arrayCount > 0, arrayCount <= SwiftPrinter.mostClosures else {
      return writeCall(core, signature, fields, allocating: false, &writer)
    }
    need(.withElements)
    let names = lentNames(signature, core)
    var parameters = zip(names, gradientTypes).map { name, type in
      "_ \(name): inout \(type.isScalar ? "Double" : "[Double]")"
    }
    var lent = zip(names, gradientTypes).filter { !$0.1.shape.isScalar }.map(\.0)
    if hasWorkspace {
      parameters.append("_ workspace: inout [Double]")
      lent.append("workspace")
    }
    ignoreRules(names, &writer)
    let targets = zip(names, gradientTypes).map { $1.isScalar ? "&\($0)" : $0 }
    SwiftPrinter.writeFunction("func compute", parameters, "Double", depth: 1, to: &writer) {
      writer in
      for name in lent {
        writer.line("withElements(of: &\(name)) { \(name) in")
        writer.depth += 1
      }
      writeComputation(core, signature, targets + (hasWorkspace ? ["workspace"] : []), &writer)
      for _ in lent {
        writer.depth -= 1
        writer.line("}")
      }
    }
    let arguments = fields + (hasWorkspace ? ["&workspace"] : [])
    SwiftPrinter.writeCall("return compute", arguments, to: &writer)
  }

  /// Returns names for what the caller's arrays are inside.
  private func lentNames(_ signature: SwiftSignature, _ core: SwiftCore) -> [String] {
    var taken: Set<String> = ["gradient", "workspace", "compute", "needed", core.name]
    taken.formUnion(signature.leafNames + Array(signature.symbols.values) + core.constants)
    var names = SwiftNames(reserved: taken)
    return model.independents.map { SwiftNames.escaped(names.unique("d" + $0)) }
  }

  private func writeComputation(
    _ core: SwiftCore, _ signature: SwiftSignature, _ targets: [String],
    _ writer: inout LineWriter
  ) {
    let sizes = sizes.computed.map { signature.name(ofSize: $0) }
    let arguments = signature.leafNames + sizes + core.constants + targets
    SwiftPrinter.writeCall(core.name, arguments, depth: writer.depth, to: &writer)
  }
}
