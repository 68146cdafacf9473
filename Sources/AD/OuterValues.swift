import BPIR

/// A walk over a region that finds the values outside that are read in it.
struct OuterValues {
  /// The values in the order in which they are met.
  private(set) var values: [Value] = []
  private let function: Function
  private var inner: Set<RegionID> = []
  private var seen: Set<Value> = []

  /// Creates a walk over regions of `function`.
  init(_ function: Function) { self.function = function }

  /// Visits `region` and the regions in it.
  mutating func visit(_ region: RegionID) {
    inner.insert(region)
    for id in function[region].instructions {
      let instruction = function[id]
      for operand in function.operands(of: instruction) { read(operand) }
      for region in instruction.regions { visit(region) }
    }
    for yield in function[region].yields { read(yield) }
  }

  private mutating func read(_ value: Value) {
    guard function.constant(value) == nil, !inner.contains(function.region(of: value)),
      seen.insert(value).inserted
    else { return }
    values.append(value)
  }
}
