import BPIR

extension DerivativeResolution {
  /// Computes a derivative by a single number by tangents of all that the function computes.
  mutating func resolveByTangents(_ request: DerivativeRequest) {
    var forward = Forward(function, [.one(request.independent)], options)
    forward.request = request
    forward.run([])
    function = forward.builder.function.withoutDeadCode()
  }

  /// Computes a derivative there, by forward mode: one column of it for each element of what it is
  /// taken by.
  mutating func resolveByColumns(_ request: DerivativeRequest, _ prefix: Prefix) {
    let old = function
    let options = options
    function = old.rewritten(simplifying: options.simplifies, sharing: options.simplifies) {
      rewriter, instruction in
      guard instruction.op == .derivative, instruction.result == request.result else { return nil }
      var forward = Forward(old, request, prefix, options)
      return rewriter.lendBuilder { builder, primal in
        forward.builder = builder
        for index in 0..<old.valueCount {
          forward.primals[Value(index)] = primal(Value(index))
        }
        let derivative = forward.columns(request, prefix)
        builder = forward.builder
        return [derivative]
      }
    }
  }
}

extension Forward {
  init(
    _ function: Function, _ request: DerivativeRequest, _ prefix: Prefix,
    _ options: DifferentiationOptions
  ) {
    self.init(
      function, [.given([request.independent])], options,
      Activity(function, of: [request.independent], on: [request.output], along: prefix))
  }

  /// Returns the derivative that is asked for.
  fileprivate mutating func columns(_ request: DerivativeRequest, _ prefix: Prefix) -> Value {
    let type = old.type(of: request.independent)
    if type.isScalar {
      return column(request, prefix, builder.constant(1))
    }
    let output = old.type(of: request.output)
    let (height, width) = (output.shape.count, type.shape.count)
    let matrix = Shape([height, width])
    let body = builder.openLoop(carrying: [ValueType(.real, matrix)])
    let handed = builder.function[body].parameters
    let unit = builder.unit(handed[0], type)
    let column = builder.reshape(column(request, prefix, unit), to: Shape([height, Dimension(1)]))
    let zero = builder.constant(0, .integer)
    let extents = [Attribute.Extent(height), Attribute.Extent(Dimension(1))]
    let next = builder.append(.sliceSet, [handed[1], column, zero, handed[0]], .window(extents))
    let go = builder.constant(1, .boolean)
    builder.close(yielding: [go, next])
    let columns = builder.loop(
      start: go, limit: builder.size(width), [builder.constant(0, ValueType(.real, matrix))], body)
    return builder.reshape(columns[0], to: old.type(of: request.result).shape)
  }

  /// Returns how the output moves when the independent moves by `direction`.
  private mutating func column(
    _ request: DerivativeRequest, _ prefix: Prefix, _ direction: Value
  ) -> Value {
    let before = primals
    setTangent(request.independent, 0, Derivative(value: direction))
    for id in prefix.instructions where old[id].results.contains(where: { activity[$0] }) {
      let instruction = old[id]
      guard !instruction.results.contains(request.independent) else { continue }
      sweep(instruction)
    }
    primals = before
    return tangent(request.output, 0)?.chosen(in: &builder)
      ?? builder.constant(0, old.type(of: request.output))
  }
}

extension Builder {
  /// Returns the array of `type` whose element number `index` is 1, and whose others are 0.
  mutating func unit(_ index: Value, _ type: ValueType) -> Value {
    let count = Shape([type.shape.count])
    let numbers = append(.iota, [], .shape(count))
    let isThere = append(.equal, numbers, broadcast(index, to: count))
    let flat = ValueType(.real, count)
    let unit = append(.select, isThere, constant(1, flat), constant(0, flat))
    return reshape(unit, to: type.shape)
  }
}
