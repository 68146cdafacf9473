import BPLexer
import BPParser
import Testing

/// Arrays, indices and shapes: what a text means, by the fully bracketed text of its tree.
struct ArraySyntaxTests {
  /// Returns the tree of `text` as text, after checks that hold for every tree without mistakes.
  private func printed(_ text: String) -> String {
    let (tree, diagnostics) = parse(Source(name: "test.bp", text: text))
    #expect(diagnostics.isEmpty, "\(text): \(diagnostics.map(\.message))")
    let printed = tree.description
    #expect(parse(Source(name: "test.bp", text: printed)).tree.description == printed)
    return printed
  }

  @Test(arguments: [
    ("[]", "[]"), ("[1, 2, 3]", "[1, 2, 3]"), ("[[1, 2], [3, 4]]", "[[1, 2], [3, 4]]"),
    ("[x*2, y, 0]", "[(x * 2), y, 0]"), ("[\n  1,\n  a\n  + b\n]", "[1, (a + b)]"),
    ("f([0], axis: [1])", "f([0], axis: [1])"), ("[f(x), (a, b)]", "[f(x), (a, b)]"),
    ("[if c { 1 } else { 2 }, 3]", "[(if c { 1; } else { 2; }), 3]"),
  ])
  func arrays(_ text: String, _ expected: String) {
    #expect(printed(text) == expected + "\n")
  }

  @Test(arguments: [
    ("x[i]", "x[i]"), ("A[i, j]", "A[i, j]"), ("x[-1]", "x[(-1)]"), ("A[:, 0]", "A[:, 0]"),
    ("A[0..<2, 1..<3]", "A[0..<2, 1..<3]"), ("x[1...3]", "x[1...3]"),
    ("x[a + 1..<n by -k]", "x[(a + 1)..<n by (-k)]"), ("x[1....5 by 2]", "x[1....5 by 2]"),
    ("x[\n  0\n  ..<\n  3,\n  :\n]", "x[0..<3, :]"), ("x[y[0]..<y[1]]", "x[y[0]..<y[1]]"),
    ("x[[1, 2]]", "x[[1, 2]]"), ("x[a < b]", "x[(a < b)]"), ("x[(1)]", "x[(1)]"),
    ("x[if c { 0 } else { 1 }]", "x[(if c { 0; } else { 1; })]"),
  ])
  func indices(_ text: String, _ expected: String) {
    #expect(printed(text) == expected + "\n")
  }

  @Test(arguments: [
    ("A.T[0]", "A.T[0]"), ("f(x)[1, :]", "f(x)[1, :]"), ("(a+b).T", "(a + b).T"),
    ("[1,2,3][0]", "[1, 2, 3][0]"), ("W.T.T", "W.T.T"), ("3[0]", "3[0]"), ("3.T", "3.T"),
    ("-x[0]", "(-x[0])"), ("2^x.T", "(2 ^ x.T)"), ("x[0]^2", "(x[0] ^ 2)"),
    ("A.T@B[0].T", "(A.T @ B[0].T)"), ("not c[0]", "(not c[0])"), ("(-x)[0]", "(-x)[0]"),
    ("(if c { x } else { y })[0]", "(if c { x; } else { y; })[0]"),
    ("(a, b)[0]", "(a, b)[0]"), ("T.T", "T.T"),
  ])
  func postfixes(_ text: String, _ expected: String) {
    #expect(printed(text) == expected + "\n")
  }

  @Test func bracketsAtTheStartOfALineAreArrays() {
    #expect(printed("x\n[0]\ny = x\n[1][0]") == "x\n[0]\ny = x\n[1][0]\n")
  }

  @Test(arguments: [
    ("x[0] = 3", "x[0] = 3"), ("A[i, :] = x + 1", "A[i, :] = (x + 1)"),
    ("A[1...2, 0..<n by 2] = B[0]", "A[1...2, 0..<n by 2] = B[0]"), ("x[\n0\n] =\n 1", "x[0] = 1"),
    ("x[y[0]] = x[1]", "x[y[0]] = x[1]"),
    (
      "x[x[0]] = if c { 1 } else { 2 }",
      "x[x[0]] = (if c { 1; } else { 2; })"
    ),
    ("if c { x[0] = 1; x[1] = 2 } else { y }", "if c { x[0] = 1; x[1] = 2; } else { y; }"),
    ("f(x) = { x[0] = 1; x }", "f(x) = { x[0] = 1; x; }"), ("x[0] == 1", "(x[0] == 1)"),
  ])
  func elementsAreDefined(_ text: String, _ expected: String) {
    #expect(printed(text) == expected + "\n")
  }

  @Test(arguments: [
    "param W: [3, 5] = 0", "param W: [n]", "input X: [n, 4]", "input idx: int [4]", "input n: int",
    "param b: []", "param b: [] = 2", "input x = [1, 2]",
  ])
  func shapes(_ text: String) {
    #expect(printed(text) == text + "\n")
  }

  @Test func shapesAreKept() throws {
    let tree = parse(Source(name: "test.bp", text: "param W:\n [\n3,\nn\n]\ninput x; input k: int"))
      .tree
    #expect(tree.leaves.map { $0.shape?.count } == [2, nil, nil])
    guard case .number(let size, let span) = tree.leaves[0].shape?[0],
      case .symbol(let symbol) = tree.leaves[0].shape?[1]
    else {
      Issue.record("a number and a name")
      return
    }
    #expect(size == 3)
    #expect(tree.source.text(span) == "3")
    #expect(tree.names[Int(symbol.name)] == "n")
  }

  @Test func nodesStandBehindTheirOperands() {
    let tree = parse(Source(name: "test.bp", text: "a = 1\nx[i, 0..<n, :] = y.T[0]")).tree
    #expect(
      tree.nodes.map(\.kind) == [
        .wholeNumber, .define, .name, .name, .wholeNumber, .name, .range, .everything, .name,
        .transpose, .wholeNumber, .index, .defineElement,
      ])
    #expect(
      tree.nodes.map { tree.source.text($0.span) }[6...11] == [
        "0..<n", ":", "y", "y.T", "0", "y.T[0]",
      ])
    #expect(tree.nodes.last?.count == 3)
    #expect(tree.targets.map { tree.names[Int($0.name)] } == ["a", "x"])
    #expect(tree.nodes.last.map { $0.payload } == 1)
  }

  /// A statement that cannot be read still defines its names, and leaves nothing else behind.
  @Test(arguments: [
    "x[0] = )", "x[1..<] = 3", "x[0] = [1, 2", "param x: [3, -1]", "input x: int [n*2] = 0",
    "x[0] = y[]", "x = [1, 2,]",
  ])
  func mistakesLeaveTheNameBehind(_ text: String) {
    let (tree, diagnostics) = parse(Source(name: "test.bp", text: text + "\nz = 2"))
    #expect(diagnostics.count == 1)
    #expect(tree.description == "# x could not be read\nz = 2\n")
    #expect(tree.leaves.isEmpty && tree.targets.count == 1)
  }
}
