import BackpropCompiler
import Testing

/// The library as other programs use it.
struct FormulaTests {
  @Test func aFormulaThatSomebodyTyped() throws {
    let formula = try Formula("f = sigmoid(c*(a + b))")
    #expect(formula.inputs.map(\.name) == ["c", "a", "b"])
    #expect(formula.results == ["f"])
    let (value, gradient) = try formula.valueAndGradient(["a": 1, "b": -2, "c": -3])
    #expect(value == 0.9525741268224333)
    #expect(gradient["a"] == -0.13552997919273643)
    #expect(gradient["c"] == -0.045176659730912144)
    #expect(try formula.value(["a": 1, "b": -2, "c": -3]) == 0.9525741268224333)
  }

  @Test func secondDerivatives() throws {
    let formula = try Formula("x^3 * y")
    let (value, gradient, hessian) = try formula.hessian(["x": 2, "y": 5])
    #expect(value == 40)
    #expect(gradient == ["x": 60, "y": 8])
    #expect(hessian["x"] == ["x": 60, "y": 12])
    #expect(hessian["y"] == ["x": 12, "y": 0])
  }

  @Test func arrays() throws {
    let formula = try Formula("param W: [m, n]\ninput x: [n]\ny = W @ x\nloss = sum(y^2)\nloss")
    #expect(formula.inputs.map(\.shape) == [["m", "n"], ["n"]])
    let arguments: [String: Numbers] = ["W": [[1, 2], [3, 4]], "x": [1, -1]]
    let (loss, gradient) = try formula.valueAndGradient(arguments)
    #expect(loss == 2)
    #expect(gradient == ["W": [[-2, 2], [-2, 2]]])
    #expect(gradient["W"]?[1, 0] == -2)
    let (y, jacobian) = try formula.jacobian(arguments, of: "y", withRespectTo: ["x"])
    #expect(y == [-1, -1])
    #expect(jacobian["x"] == [[1, 2], [3, 4]])
    let byY = try formula.valueAndGradient(arguments, withRespectTo: ["y"])
    #expect(byY.gradient == ["y": [-2, -2]])
  }

  @Test func oneEvaluatorForManyArguments() throws {
    let formula = try Formula("sum(exp(k*x))/k", options: FormulaOptions())
    let evaluator = try GradientEvaluator(
      Formula("param x: [n]\nparam k\nsum(exp(k*x))/k"), withRespectTo: ["x"],
      forArgumentsLike: ["x": [0, 0], "k": 1])
    for k in 1...5 {
      let gradient = try evaluator.valueAndGradient(["x": [0, 0], "k": Numbers(Double(k))]).gradient
      #expect(gradient == ["x": [1, 1]])
    }
    #expect(throws: FormulaError.self) {
      _ = try evaluator.valueAndGradient(["x": [0, 0, 0], "k": 1])
    }
    #expect(formula.inputs.count == 2)
  }

  @Test func mistakesHavePlaces() throws {
    let error = try #require(
      mistake { () throws(FormulaError) in _ = try Formula("f = sgmoid(a)") })
    let diagnostic = try #require(error.diagnostics.first)
    #expect(diagnostic.code == "BP0012")
    #expect((diagnostic.line, diagnostic.column) == (1, 5))
    #expect(diagnostic.range == 4..<10)
    #expect(error.description.contains("formula:1:5: error:"))
    #expect(error.description.contains("^~~~~~"))
  }

  @Test func argumentsThatDoNotFit() throws {
    let formula = try Formula("param v: [3]\nsum(v*k)")
    let problems: [([String: Numbers], String)] = [
      (["v": [1, 2, 3]], "no value for 'k'"),
      (["v": [1, 2], "k": 1], "shape [2]"),
      (["v": [1, 2, 3], "k": 1, "kk": 2], "no leaf 'kk'; did you mean 'k'?"),
    ]
    for (arguments, words) in problems {
      let error = mistake { () throws(FormulaError) in _ = try formula.values(arguments) }
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "none")")
    }
    let none = mistake { () throws(FormulaError) in
      _ = try Formula("x > 1").valueAndGradient(["x": 1])
    }
    #expect(none?.message.contains("--of") == false)
  }

  @Test func runsThatEnd() throws {
    var options = FormulaOptions()
    options.maxTurns = 1000
    let endless = try Formula("y = x; while y > 0 { y = y + 1 }; y", options: options)
    let error = mistake { () throws(FormulaError) in _ = try endless.value(["x": 1]) }
    #expect(error?.diagnostics.first?.code == "BP0051")
    options.isCancelled = { true }
    options.maxTurns = .max
    let cancelled = try Formula("y = x; while y > 0 { y = y + 1 }; y", options: options)
    let other = mistake { () throws(FormulaError) in _ = try cancelled.value(["x": 1]) }
    #expect(other?.message.contains("interrupted") == true)
    options = FormulaOptions()
    options.memory = 1 << 20
    let large = try Formula("A = fill([4000, 4000], x); sum(A @ A)", options: options)
    let third = mistake { () throws(FormulaError) in _ = try large.value(["x": 1]) }
    #expect(third?.diagnostics.first?.code == "BP0050")
    let filled = try Formula("param x = fill([4000, 4000], 1); sum(x)", options: options)
    let fourth = mistake { () throws(FormulaError) in _ = try filled.value([:]) }
    #expect(fourth?.diagnostics.first?.code == "BP0050")
  }

  @Test func severalTasks() async throws {
    let formula = try Formula("x = s; for k in 0..<20 { x = x - (x^2 - s)/(2*x) }; x")
    let roots = try await withThrowingTaskGroup(of: (Int, Double?).self) { group in
      for s in 1...16 {
        group.addTask {
          (s, try formula.valueAndGradient(["s": Numbers(Double(s))]).gradient["s"]?.number)
        }
      }
      return try await group.reduce(into: [Int: Double]()) { $0[$1.0] = $1.1 }
    }
    for s in 1...16 {
      let slope = try #require(roots[s])
      #expect(abs(slope - 0.5 / Double(s).squareRoot()) < 1e-14)
    }
  }

  @Test func swiftOfAFormula() throws {
    let text = try Formula("area = pi*r^2").swift(namespace: "Circle")
    #expect(text.contains("enum Circle {"))
    #expect(text.contains("static func valueAndGradient(r: Double)"))
  }

  private func mistake(_ body: () throws(FormulaError) -> Void) -> FormulaError? {
    do throws(FormulaError) {
      try body()
      return nil
    } catch {
      return error
    }
  }
}
