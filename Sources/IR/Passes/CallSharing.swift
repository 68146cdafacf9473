/// Which functions of a program stay functions that its calls share, and which are expanded where they
/// are called.
///
/// Expanding is the faster form: what a call site knows simplifies the body, and nothing is handed to
/// and fro. It is also the longer one, and chains of functions that call each other twice double with
/// each link. So the functions of a large program stay where that makes the program smaller. Those with
/// arrays are expanded, since their memory is planned as a whole.
package struct CallSharing: Sendable {
  /// Below how many instructions, all calls expanded, a program is expanded.
  package var smallestProgram = 2_000
  /// Below how many instructions a function is expanded.
  package var smallestFunction = 100

  /// How many calls of a function there are at least in the text, for it to stay.
  package var fewestCalls = 2

  /// Creates the choice that holds unless told otherwise.
  package init() {}

  /// The choice that keeps every call that can stay.
  package static var all: CallSharing {
    var sharing = CallSharing()
    sharing.smallestProgram = 0
    sharing.smallestFunction = 0
    sharing.fewestCalls = 1
    return sharing
  }

  /// Returns for each function of `module` whether it stays, and how many instructions it then has.
  func choice(_ module: Module) -> [(stays: Bool, size: Int)] {
    let isLarge = module.wholeSize >= smallestProgram
    let sites = callSites(module)
    var choice: [(stays: Bool, size: Int)] = []
    var isPlain: [Bool] = []
    // Callees come before their callers.
    for (index, function) in module.functions.enumerated() {
      let calls = function.instructions.filter { $0.op == .call }.map { Int($0.attribute) }
      let inner = calls.filter { !choice[$0].stays }
      let size = inner.reduce(function.instructions.count) {
        min($0 + choice[$1].size, Int.max / 4)
      }
      // A derivative inside the program is one of what it stands in.
      let isAlone = function.isScalar && !function.contains(.derivative)
      isPlain.append(isAlone && inner.allSatisfy { isPlain[$0] })
      let stays =
        isLarge && isPlain[index] && sites[index] >= fewestCalls && size >= smallestFunction
        && index + 1 < module.functions.count
      choice.append((stays, size))
    }
    return choice
  }

  /// Returns for each function how many calls of it stand in the text.
  private func callSites(_ module: Module) -> [Int] {
    var sites = Array(repeating: 0, count: module.functions.count)
    for function in module.functions {
      for call in function.instructions where call.op == .call { sites[Int(call.attribute)] += 1 }
    }
    return sites
  }
}

extension Function {
  /// Whether every value is a number, a condition or a stack of those.
  fileprivate var isScalar: Bool {
    (0..<valueCount).allSatisfy { type(of: Value($0)).shape.isScalar }
  }
}
