import BPAD
import BPIR
import BPInterp
import BPLexer
import BPParser

let arguments = CommandLine.arguments
let source = Source(name: "<e>", text: arguments[1])
let (tree, mistakes) = parse(source)
var lowered = lower(tree)
print(DiagnosticRendering(source: source).render(mistakes + lowered.diagnostics), terminator: "")
if let module = lowered.module {
  let main = module.inlined().simplified()
  let g = gradient(of: main, withRespectTo: main.parameters)
  let f = g.function.finished()
  let p = compile(f)
  print(p)
  let m = Machine(p)
  try! m.run(arguments.dropFirst(2).map { Double($0)! })
  print(m.results)
}
