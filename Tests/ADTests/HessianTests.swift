import BPAD
import BPIR
import TestSupport
import Testing

/// Second derivatives: forward over reverse against reverse over reverse.
struct HessianTests {
  @Test func bothOrdersAgreeOnRandomPrograms() throws {
    for seed in 0..<150 as Range<UInt64> {
      let program = RandomProgram(seed: 50_000 + seed, size: 12)
      let main = try #require(TestProgram(program.text).main)
      let count = main.parameters.count
      let forward = hessian(of: main, withRespectTo: main.parameters)
      #expect(forward.function.problems() == [])
      let entries = forward.function.run(program.point).dropFirst(1 + count)
      let first = gradient(of: main, withRespectTo: main.parameters)
      var magnitudes = DifferentiationOptions()
      magnitudes.takesMagnitudes = true
      for row in 0..<count {
        let second = gradient(
          of: first.function, output: 1 + row, withRespectTo: first.independents)
        #expect(second.function.problems() == [])
        let scale = gradient(
          of: first.function, output: 1 + row, withRespectTo: first.independents, magnitudes)
        let reverse = Array(second.function.run(program.point).dropFirst())
        let bounds = scale.function.run(program.point).dropFirst().map(\.magnitude)
        for (place, entry) in zip(upperTriangle(count), entries) where place.row == row {
          let other = reverse[place.column]
          guard other.isFinite, bounds[place.column].isFinite else { continue }
          #expect(
            abs(other - entry) <= 1e-11 * max(bounds[place.column], other.magnitude),
            "seed \(50_000 + seed) entry \(place): \(other) and \(entry)\n\(program.text)")
        }
      }
    }
  }

  @Test func armsOfEveryDepthAgree() throws {
    for depth in 1...9 {
      var text = "exp(x*y)*sin(y)"
      for level in 0..<depth {
        text =
          "(if x*y > -\(level + 1) { t = exp(x)*cos(y*\(level + 1)); t*t + \(text)*t } else { x })"
      }
      let main = try #require(TestProgram("f = \(text)\n").main)
      let reverse = gradient(of: main, withRespectTo: main.parameters)
      #expect(reverse.function.problems() == [])
      let forward = tangents(of: main, outputs: [0], inDirectionsOf: main.parameters)
      let second = hessian(of: main, withRespectTo: main.parameters)
      #expect(second.function.problems() == [])
      let r = reverse.function.run([0.3, 0.4])
      let f = forward.run([0.3, 0.4])
      for index in 0..<2 {
        #expect(abs(r[1 + index] - f[1 + index]) <= 1e-12 * abs(f[1 + index]), "depth \(depth)")
      }
      let isFinite = second.function.run([0.3, 0.4]).allSatisfy { $0.isFinite }
      #expect(isFinite)
    }
  }
}
