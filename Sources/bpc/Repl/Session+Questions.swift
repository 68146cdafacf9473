import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

extension Session {
  /// Compiles what was entered with `expression` as its result.
  private func module(ending expression: String) -> (module: Module?, reply: Reply) {
    let candidate = text + expression + "\n"
    let compilation = compiler.compile(Source(name: "<repl>", text: candidate))
    return (compilation.module, complaint(compilation.diagnostics, candidate))
  }

  /// Returns the type of `expression`.
  func type(of expression: String) -> Reply {
    let (module, reply) = module(ending: expression)
    guard let module else { return reply }
    let types = module.main.results.map { module.main.type(of: $0).description }
    return Reply(output: types.joined(separator: ", ") + "\n")
  }

  /// Returns the derivatives of `expression`, or of what was entered last.
  func gradient(of expression: String) -> Reply {
    let (module, reply) = module(ending: expression)
    guard let module else { return reply }
    let missing = unbound(module)
    guard missing.isEmpty else {
      return Reply(complaint: "no value for \(missing.joined(separator: ", "))\n")
    }
    do throws(ProgramFailure) {
      let objective = try Objective(module, of: nil, wrt: [])
      let differentiation = Differentiation(
        compiler.compile(source), module, objective, compiler, order: .gradient)
      let bindings = try bindings(module)
      let derivatives = try DerivativeRun(differentiation, bindings).derivatives(bindings)
      return Reply(output: derivatives.text(all: false))
    } catch {
      return Reply(complaint: error.line)
    }
  }

  /// Returns the names that have values.
  func variables() -> Reply {
    guard let module = compiler.compile(source).module else { return Reply() }
    guard unbound(module).isEmpty else {
      let names = module.namedValues.map(\.name)
      return Reply(output: names.map { "\($0)\n" }.joined())
    }
    do throws(ProgramFailure) {
      let values = try Evaluation(module, all: true)
        .values(bindings(module), compiler, source)
      let named = values.dropFirst(module.resultNames.count)
      return Reply(output: named.map { $0.line(all: false) }.joined())
    } catch {
      return Reply(complaint: error.line)
    }
  }
}
