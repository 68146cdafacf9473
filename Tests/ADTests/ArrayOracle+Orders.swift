import BPAD
import BPIR
import BPInterp
import TestSupport

extension ArrayOracle {
  // MARK: - Second derivatives

  /// Compares u H d by reverse over reverse and by forward over reverse for random u and d.
  func secondDerivativesVerdict() -> Verdict {
    let first = BPAD.gradient(of: main, withRespectTo: ArrayOracle.independents(main))
    let count = first.independents.count
    let forward = jacobianVectorProduct(
      of: first.function, outputs: Array(1...count), inDirectionOf: first.independents)
    var generator = SeededGenerator(seed: 11)
    let kinds = first.independents.map { value in
      let shape = first.function.type(of: value).shape.numbers ?? []
      return Tensor(shape: shape, values: Array(repeating: 0, count: shape.reduce(1, *)))
    }
    let directions = ArrayOracle.directions(like: kinds, &generator)
    guard let tangents = forward.run(arguments + directions)?.suffix(count) else {
      return .wrong("forward over reverse ends early")
    }
    for output in 0..<count {
      let adjoint = ArrayOracle.directions(like: [kinds[output]], &generator)
      guard let (reverse, bound) = reverseOverReverse(first, 1 + output, adjoint[0], directions)
      else { return .wrong("reverse over reverse is unsound, or ends early") }
      let other = ArrayOracle.dot([Array(tangents)[output]], adjoint)
      guard other.isFinite, bound.isFinite else { return .notFinite }
      if !(abs(other - reverse) <= 1e-11 * max(bound, other.magnitude)) {
        return .wrong("second derivative \(output): reverse \(reverse), forward \(other)")
      }
    }
    return forward.problems().first.map { .wrong($0) } ?? .agrees
  }

  /// Returns the contraction of second derivatives with `adjoint` and `directions`, and a bound.
  private func reverseOverReverse(
    _ first: Gradient, _ output: Int, _ adjoint: Tensor, _ directions: [Tensor]
  ) -> (value: Double, bound: Double)? {
    var magnitudes = DifferentiationOptions()
    magnitudes.takesMagnitudes = true
    let second = vectorJacobianProduct(
      of: first.function, output: output, withRespectTo: first.independents)
    let scale = vectorJacobianProduct(
      of: first.function, output: output, withRespectTo: first.independents, magnitudes)
    guard second.function.problems() == [],
      let rows = second.function.run(arguments + [adjoint])?.dropFirst(),
      let bounds = scale.function.run(arguments + [adjoint])?.dropFirst()
    else { return nil }
    return (
      ArrayOracle.dot(rows, directions), ArrayOracle.dot(bounds, directions, magnitude: true)
    )
  }

  // MARK: - Differences

  /// Compares forward mode with central differences of two widths; where these differ from each
  /// other the program is not smooth.
  func differencesVerdict() -> Verdict {
    var generator = SeededGenerator(seed: 13)
    let positions = module.leaves.indices.filter { module.leaves[$0].type.isReal }
    let directions = ArrayOracle.directions(like: positions.map { arguments[$0] }, &generator)
    let value = Machine(compile(main.finished()))
    func difference(_ step: Double) -> Double {
      let sides = [step, -step].map { step in
        var moved = arguments
        for (position, direction) in zip(positions, directions) {
          let values = zip(moved[position].values, direction.values).map { $0 + step * $1 }
          moved[position] = Tensor(shape: direction.shape, values: values)
        }
        return value.tensors(for: moved)?[0].values[0] ?? .nan
      }
      return (sides[0] - sides[1]) / (2 * step)
    }
    let product = jacobianVectorProduct(
      of: main, outputs: [0], inDirectionOf: ArrayOracle.independents(main))
    guard let forward = product.run(arguments + directions)?.last?.values[0] else {
      return .wrong("forward mode ends early")
    }
    let (wide, narrow) = (difference(1e-4), difference(1e-6))
    let scale = max(1, forward.magnitude)
    guard forward.isFinite, abs(wide - narrow) <= 1e-4 * scale else { return .notFinite }
    return abs(narrow - forward) <= 1e-3 * scale
      ? .agrees : .wrong("difference \(narrow), forward \(forward)")
  }

  // MARK: - Machines

  /// Runs a machine for the point, for other arguments and for the point again.
  func repeatedRunVerdict() -> Verdict {
    var generator = SeededGenerator(seed: 17)
    let machine = Machine(compile(ArrayOracle.gradient(main).finished()))
    let others = zip(module.leaves, arguments).map { leaf, value in
      leaf.type.isReal ? ArrayOracle.directions(like: [value], &generator)[0] : value
    }
    let first = machine.tensors(for: arguments)
    _ = machine.tensors(for: others)
    let second = machine.tensors(for: arguments)
    func bits(_ tensors: [Tensor]?) -> [UInt64]? {
      tensors?.flatMap { $0.values.map(\.bitPattern) }
    }
    return bits(first) == bits(second) ? .agrees : .wrong("a second run gives other results")
  }
}
