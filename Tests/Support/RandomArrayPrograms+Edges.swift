extension RandomArrayProgram {
  // MARK: - Edges

  /// Extrema that several elements take.
  mutating func tie() -> Drawn {
    let x = array()
    let axis = axis(of: x)
    let name = chance() ? "max" : "min"
    let twice = "concat(\(x.name), \(x.name), axis: \(axis))"
    let text = "\(name)(\(twice), axis: \(axis)) + \(name)(round(\(x.name))*\(scalar().name))"
    return (text, RandomArrayProgram.removing(x, axis), 6 * x.bound)
  }

  /// A product with a factor that is exactly zero, and moves.
  mutating func zeroFactor() -> Drawn {
    let x = array()
    let axis = axis(of: x)
    let places = x.shape.map { "\(number(0...$0.number - 1))" }.joined(separator: ", ")
    let zero = "x0 - (\(leaves[0].value.values[0]))"
    let text = "z = \(x.name); z[\(places)] = \(zero); § = prod(z, axis: \(axis))"
    return (text, RandomArrayProgram.removing(x, axis), 30)
  }

  /// A choice of elements where the others have no number and no slope.
  mutating func guardedElements() -> Drawn {
    let x = pick()
    let text = "t = log(\(x.name) - 0.2)*3; § = where(\(x.name) > 0.3, sqrt(\(x.name) - 0.2) + t, "
    return (text + "\(scalar().name))", x.shape, 9)
  }

  /// A choice of a whole array where the other has no number and no slope, computed before.
  mutating func guardedArray() -> Drawn {
    let x = array()
    let axis = axis(of: x)
    let functions = [
      "cumsum(t, axis: \(axis))", "softmax(t, axis: \(axis))", "reverse(t, axis: \(axis))",
      "t - mean(t)", "t * norm(t)", "t - logsumexp(t)", "t + prod(t)", "t + max(t)", "t.T.T",
      "t / std(t)", "t @ eye(size(t, axis: -1))", "stack(t, t)[1]",
      "reshape(reshape(t, -1), "
        + "[\(x.shape.map { "\($0.number)" }.joined(separator: ", "))])",
    ]
    // A reshape has to know the sizes.
    let count = x.shape.allSatisfy { $0.isKnown } ? functions.count : functions.count - 1
    let part = functions[number(0...count - 1)]
    let other = "0.5*\(x.name)"
    let (s, never) = (scalar().name, "t = log(\(x.name) - 90); u = \(part); u[0] = sqrt(t[-1]); ")
    if chance() { return (never + "§ = where(\(s) > 90, u, \(other))", x.shape, x.bound) }
    return (never + "§ = if \(s) > 90 { u * u } else { \(other) }", x.shape, x.bound)
  }
}
