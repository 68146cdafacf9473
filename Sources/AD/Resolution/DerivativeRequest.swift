import BPIR
import BPLexer

/// A derivative that the program asks for, where it stands.
struct DerivativeRequest {
  let id: InstructionID
  let kind: Attribute.DerivativeKind
  /// What is differentiated.
  let output: Value
  /// What it is differentiated with respect to.
  let independent: Value
  /// The value that the derivative is.
  let result: Value
  let span: Span
}

extension Function {
  /// The derivatives that are asked for and not there yet, in the order in which they run.
  var derivativeRequests: [DerivativeRequest] { derivativeRequests(in: .body) }

  private func derivativeRequests(in region: RegionID) -> [DerivativeRequest] {
    self[region].instructions.flatMap { id -> [DerivativeRequest] in
      let instruction = self[id]
      guard instruction.op == .derivative, case .derivative(let kind) = attribute(of: instruction)
      else { return instruction.regions.flatMap { derivativeRequests(in: $0) } }
      return [
        DerivativeRequest(
          id: id, kind: kind, output: operand(0, of: instruction),
          independent: operand(1, of: instruction), result: instruction.result,
          span: instruction.span)
      ]
    }
  }
}

/// What runs before an instruction, in the turn of each loop around it that is under way.
struct Prefix {
  /// The regions around the instruction, from the body inward.
  let regions: [RegionID]
  /// What runs before it in these regions, in order.
  let instructions: [InstructionID]

  /// Finds what runs before the instruction `target` of `function`.
  init(_ function: Function, before target: InstructionID, _ places: RegionPlaces) {
    var regions: [RegionID] = []
    var pieces: [[InstructionID]] = []
    var end: InstructionID? = target
    while let id = end {
      let region = function[id].region
      regions.append(region)
      pieces.append(Array(function[region].instructions.prefix { $0 != id }))
      end = places.holder(of: region)
    }
    self.regions = regions.reversed()
    instructions = pieces.reversed().flatMap { $0 }
  }

  /// Returns the bodies of the loops around the instruction that do not hold `region`, but are in it.
  func loops(inside region: RegionID, _ function: Function, _ places: RegionPlaces) -> [RegionID] {
    guard let position = regions.firstIndex(of: region) else { return [] }
    return regions[(position + 1)...].filter {
      places.holder(of: $0).map { function[$0].op } == .loop
    }
  }
}
