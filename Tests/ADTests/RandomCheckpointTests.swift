import BPAD
import BPIR
import BPInterp
import TestSupport
import Testing

/// Random loops: a gradient that keeps snapshots has the bits of the one that keeps all.
struct RandomCheckpointTests {
  @Test(arguments: 0..<8)
  func theBits(_ batch: Int) throws {
    for seed in 0..<6 {
      var writer = RandomTurns(seed: UInt64(100 * batch + seed))
      let text = writer.text()
      let program = TestProgram(text)
      let main = try #require(program.main, "\(program.diagnostics)\n\(text)")
      let whole = gradient(of: main, withRespectTo: Array(main.parameters[..<2])).function
        .finished()
      let machine = Machine(compile(whole))
      for bytes in [0, 200, 500, 3000] {
        let bounded = Machine(compile(checkpointed(whole, within: bytes).function))
        for turns in [0.0, 1, 2, 3, 7, 20] {
          try machine.run([0.7, 0.4, turns])
          try bounded.run([0.7, 0.4, turns])
          let same = zip(machine.results, bounded.results).allSatisfy {
            $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN
          }
          #expect(same, "\(bytes) bytes, \(turns) turns\n\(text)\n\(bounded.program)")
        }
      }
    }
  }
}

/// A writer of programs whose loops carry numbers, an array, an integer and a condition.
private struct RandomTurns {
  private var generator: SeededGenerator
  private var names = 0

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func text() -> String {
    let head = "param a; param b; input n: int\nx = a; y = b; k = 1; up = a > b; v = [a, b, x*y]\n"
    let condition = pick(["x < 50.0", "y*y < 9.0", "k < 9 or up"])
    let loop =
      pick([true, true, false])
      ? "for i in 0..<n {\n\(body(2))}\n"
      : "i = 0\nwhile i < n and (\(condition)) {\n\(body(2))i = i + 1\n}\n"
    let second = pick([true, false]) ? "for i in 0..<n {\n\(body(1))}\n" : ""
    return head + loop + second + "x + y*sum(v)\n"
  }

  private mutating func pick<Element>(_ list: [Element]) -> Element {
    list[Int.random(in: 0..<list.count, using: &generator)]
  }

  private mutating func body(_ depth: Int) -> String {
    (0..<Int.random(in: 1...5, using: &generator)).map { _ in statement(depth) }.joined()
  }

  private mutating func statement(_ depth: Int) -> String {
    let simple = [
      "x = sin(x*y) + a\n", "y = 0.5*y + x*b\n", "x, y = y, tanh(x - v[k % 3])\n",
      "k = (3*k + i) % 7\n", "up = x < y or k == 3\n", "v[k % 3] = x*y\n",
      "v = sin(v)*y + v\n", "x = tanh(x + sum(v*v))\n", "y = tanh(y*x) + 0.1*k\n",
    ]
    guard depth > 0, pick([true, false, false]) else { return pick(simple) }
    names += 1
    let (j, w) = ("j\(names)", "w\(names)")
    switch pick([0, 1, 2, 3]) {
    case 0: return "if \(pick(["up", "x > y", "k > 3"])) {\n\(body(depth - 1))}\n"
    case 1: return "if up {\n\(body(depth - 1))} else {\n\(body(depth - 1))}\n"
    case 2: return "for \(j) in 0..<i % 4 {\n\(body(depth - 1))}\n"
    default:
      return "\(w) = 0\nwhile \(w) < 3 and x*x < 4.0 {\n\(body(depth - 1))"
        + "\(w) = \(w) + 1\n}\n"
    }
  }
}
