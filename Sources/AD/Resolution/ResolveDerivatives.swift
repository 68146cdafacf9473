import BPIR
import BPLexer

/// Returns `function` with each derivative that the program asks for computed where it stands, and what
/// there is to say about them; where that has errors some are left.
///
/// The derivatives are total ones, and ordinary IR: one that stands inside of another is differentiated
/// with it. Within one turn of the loops around it a derivative is computed there, by reverse mode or,
/// with respect to a single number, by forward mode; where earlier turns have a part in it the loops
/// carry the tangents along.
///
/// - Parameter function: a function without calls.
package func resolvingDerivatives(
  of function: Function, _ options: DifferentiationOptions = DifferentiationOptions()
) -> (function: Function, diagnostics: [Diagnostic]) {
  var resolution = DerivativeResolution(function: function, options: options)
  resolution.run()
  return (resolution.function, resolution.diagnostics.inTextOrder())
}

/// A walk from derivative to derivative, each of which makes a new function.
struct DerivativeResolution {
  var function: Function
  let options: DifferentiationOptions
  var diagnostics: [Diagnostic] = []

  /// How a derivative is computed.
  enum Plan {
    /// It is zero.
    case zero
    /// There, by reverse mode, together with those of the same value.
    case reverse(Prefix, [DerivativeRequest])
    /// There, by forward mode, one column for each element.
    case columns(Prefix)
    /// By tangents of all that the function computes.
    case tangents
    /// Not before another one.
    case later
    case impossible(Diagnostic)
  }

  mutating func run() {
    while true {
      let requests = function.derivativeRequests
      guard let first = requests.first else { return }
      let places = RegionPlaces(function)
      var isDone = false
      for request in requests {
        switch plan(request, requests, places) {
        case .later: continue
        case .impossible(let diagnostic): return diagnostics.append(diagnostic)
        case .zero: resolveAsZero(request)
        case .reverse(let prefix, let group): resolveByReverse(group, prefix)
        case .columns(let prefix): resolveByColumns(request, prefix)
        case .tangents: resolveByTangents(request)
        }
        isDone = true
        break
      }
      if !isDone { return diagnostics.append(.derivativeOfItself(at: first.span)) }
    }
  }

  // MARK: - Plans

  private func plan(
    _ request: DerivativeRequest, _ all: [DerivativeRequest], _ places: RegionPlaces
  ) -> Plan {
    let (x, y) = (request.independent, request.output)
    let prefix = Prefix(function, before: request.id, places)
    let whole = Activity(function, of: [x], on: [y])
    guard whole[y] else { return .zero }
    guard !turnsCarry(whole, to: request, prefix, places) else {
      return planThroughTurns(request, whole, all)
    }
    let local = Activity(function, of: [x], on: [y], along: prefix)
    guard local[y] else { return .zero }
    if all.contains(where: { local[$0.result] }) { return .later }
    return localPlan(request, all, prefix, local, places)
  }

  private func planThroughTurns(
    _ request: DerivativeRequest, _ activity: Activity, _ all: [DerivativeRequest]
  ) -> Plan {
    if activity[request.result] {
      return .impossible(.derivativeOfItself(at: request.span))
    }
    if all.contains(where: { activity[$0.result] }) { return .later }
    guard function.type(of: request.independent).isScalar else {
      return .impossible(.derivativeThroughTurns(at: request.span))
    }
    return .tangents
  }

  private func localPlan(
    _ request: DerivativeRequest, _ all: [DerivativeRequest], _ prefix: Prefix, _ local: Activity,
    _ places: RegionPlaces
  ) -> Plan {
    switch request.kind {
    case .jacobian: return .columns(prefix)
    case .elementwise:
      guard function.isElementwise(prefix.instructions, local) else {
        return .impossible(.notElementwise(at: request.span))
      }
      return .reverse(prefix, [request])
    case .gradient:
      let region = function[request.id].region
      let group = all.filter { other in
        other.kind == .gradient && other.output == request.output
          && function[other.id].region == region
          && (other.id == request.id || isLocal(other, places))
      }
      let isNumber = function.type(of: request.independent).isScalar
      return isNumber && group.count == 1 ? .columns(prefix) : .reverse(prefix, group)
    }
  }

  /// Whether no earlier turn has a part in a derivative.
  private func isLocal(_ request: DerivativeRequest, _ places: RegionPlaces) -> Bool {
    let whole = Activity(function, of: [request.independent], on: [request.output])
    let prefix = Prefix(function, before: request.id, places)
    return !turnsCarry(whole, to: request, prefix, places)
  }

  /// Whether a loop around a derivative carries what is active from turn to turn.
  private func turnsCarry(
    _ activity: Activity, to request: DerivativeRequest, _ prefix: Prefix, _ places: RegionPlaces
  ) -> Bool {
    let region = function.region(of: request.independent)
    return prefix.loops(inside: region, function, places).contains { body in
      function[body].parameters.contains { activity[$0] }
    }
  }

  // MARK: - Zero

  private mutating func resolveAsZero(_ request: DerivativeRequest) {
    diagnostics.append(.derivativeIsZero(request, redefinition(request), function))
    let zero = function.type(of: request.result)
    function = function.rewritten(simplifying: options.simplifies, sharing: options.simplifies) {
      rewriter, instruction in
      guard instruction.op == .derivative, instruction.result == request.result else { return nil }
      return [rewriter.builder.constant(0, zero)]
    }
  }

  /// Returns the other value of the same name that is meant perhaps.
  private func redefinition(_ request: DerivativeRequest) -> NamedValue? {
    let names = function.names.filter { !$0.isInner }
    guard let name = names.last(where: { $0.value == request.independent })?.name else {
      return nil
    }
    return names.last { other in
      other.name == name && other.value != request.independent
        && function.constant(other.value) == nil
        && Activity(function, of: [other.value], on: [request.output])[request.output]
    }
  }
}

extension Function {
  /// Whether all that varies among `instructions` works element by element.
  fileprivate func isElementwise(_ instructions: [InstructionID], _ activity: Activity) -> Bool {
    instructions.allSatisfy { id in
      let instruction = self[id]
      guard instruction.results.contains(where: { activity[$0] }) else { return true }
      return !instruction.op.isArrayOperation
        && instruction.regions.allSatisfy { isElementwise(self[$0].instructions, activity) }
    }
  }
}
