import BPIR

/// Which results of called functions depend, in a way that can be differentiated, on which parameters.
struct CallDependence {
  /// For each function, and each of its results, whether it depends on each parameter.
  private var rows: [[[Bool]]] = []

  /// Finds it for what `function` calls.
  init(_ function: Function) {
    guard function.contains(.call) else { return }
    for callee in function.callees {
      let parameters = callee.parameters.filter { callee.type(of: $0).element == .real }
      let results = callee.results.map { result in
        let activity = Activity(callee, of: parameters, on: [result], calling: self)
        return callee.parameters.map { activity[$0] }
      }
      rows.append(results)
    }
  }

  /// Returns the pairs of a result and an operand of `call` on which it depends.
  func pairs(_ call: Instruction, _ function: Function) -> [(result: Value, operand: Value)] {
    let operands = Array(function.operands(of: call))
    return zip(call.results, rows[Int(call.attribute)]).flatMap { result, depends in
      zip(operands, depends).filter { $1 }.map { (result, $0.0) }
    }
  }
}
