/// A part of the language that `bpc help` explains in a few lines.
struct HelpChapter: Equatable, Sendable {
  /// The word that asks for it.
  let word: String
  /// Other words that ask for it.
  let synonyms: [String]
  /// What is to be known.
  let text: String
  /// A program that shows it.
  let example: String

  /// Returns the chapter that `word` asks for.
  static func named(_ word: String) -> HelpChapter? {
    all.first { $0.word == word || $0.synonyms.contains(word) }
  }

  /// The chapter as it is printed.
  var page: String {
    let lines = example.split(separator: "\n", omittingEmptySubsequences: false)
    return text + "\n\n" + lines.map { "    \($0)\n" }.joined()
      + "\nMore of it: docs/Language.md\n"
  }

  /// The chapters, in the order of their reading.
  static let all = [
    HelpChapter(
      word: "statements", synonyms: ["syntax", "language", "programs", "comments", "lines"],
      text: """
        A statement ends with its line or with ';'. 'name = expression' defines a value, 'a, b = b, a'
        several at once; '#' starts a comment. A line goes on inside ( ) and [ ], and after an operator.
        The result of a program is its last value.
        """,
      example: """
        a = 2            # without 'let' or 'var'
        b = a^2 + 1; c = a*b
        c / 3            # the result
        """),
    HelpChapter(
      word: "names", synonyms: ["leaves", "variables", "param", "input", "parameters", "inputs"],
      text: """
        A name that is used and never defined gets its number from outside, as in 'bpc eval f.bp x=1'.
        'param w = 0.5' declares one to differentiate with respect to, 'input x' one that is data. Without
        either, each name that is defined as a plain number is one, such as 'a = 1'. A name that is defined
        again has a new version from there on.
        """,
      example: """
        param w = 0.5
        input x = 2
        loss = (w*x - 3)^2
        """),
    HelpChapter(
      word: "numbers", synonyms: ["integers", "int", "reals", "constants"],
      text: """
        Numbers are Float64: 12, 0.5, 1e-3, 1_000. A product is written 2*x, a power x^2. 'input n: int' is
        a whole number, and so is a literal that is used as an index, a bound or a size; other names are
        real. Whole numbers are exact to 2^53. The constants are pi, e, inf and nan.
        """,
      example: """
        input n: int = 3
        x^n + 2*pi
        """),
    HelpChapter(
      word: "operators", synonyms: ["comparisons", "expressions", "precedence"],
      text: """
        Loosest first: or, and, not, comparisons (== != < <= > >=, not chained), + -, * / % @, unary -, ^.
        '@' is the matrix product, '%' has the sign of the divisor, and '^' may be written '**'.
        """,
      example: """
        a < b and b < 3 or not (a == 1)
        """),
    HelpChapter(
      word: "conditionals", synonyms: ["if", "else", "conditions", "branches", "where"],
      text: """
        'if' runs one of its arms, which stand in braces. Used as a value it needs its 'else', and the last
        lines of its arms are its values; inside a larger expression it stands in parentheses. A name that
        each arm defines has a value after it. 'where(c, a, b)' chooses element by element.
        """,
      example: """
        y = if x > 0 { sqrt(x) } else { 0 }
        if x > 1 {
          z = x
        } else if x > 0 {
          z = x^2
        } else {
          z = 0
        }
        y + z
        """),
    HelpChapter(
      word: "loops", synonyms: ["for", "while", "break", "continue", "ranges"],
      text: """
        'for' runs over the whole numbers of a range: 0..<n leaves its end out, 0...n takes it, and 'by'
        gives a step. 'while' runs as long as a condition holds. What was defined before a loop is carried
        from turn to turn; what is first defined inside ends with the turn. 'break' leaves the loop,
        'continue' the turn.
        """,
      example: """
        s = 0
        for i in 0..<5 {
          if i == 3 { continue }
          s = s + x^i
        }
        while s > 100 { s = s / 2 }
        s
        """),
    HelpChapter(
      word: "arrays", synonyms: ["vectors", "matrices", "shapes", "broadcasting", "tensors"],
      text: """
        [1, 2, 3] is a vector and [[1, 2], [3, 4]] a matrix. Operators and functions of numbers work element
        by element, and stretch shapes as NumPy does. 'a @ b' is the matrix product, 'x.T' the transpose.
        'input X: [n, 4]' declares a shape, in which data gives n. 'bpc help functions' lists the functions.
        """,
      example: """
        A = [[1, 2], [3, 4]]
        v = [1, 10]
        sum(A @ v) + mean(A * v)
        """),
    HelpChapter(
      word: "indices", synonyms: ["indexing", "slices", "elements", "index"],
      text: """
        Indices start at 0, and -1 is the last. x[1..<4] is a part, x[0..<9 by 2] every second element,
        A[:, 0] a column, and x[[0, 2]] takes elements one by one. 'x[i] = v' makes a new version of x.
        """,
      example: """
        x = [1, 2, 3, 4]
        x[0] = 10
        x[0] + x[-1] + sum(x[1..<3])
        """),
    HelpChapter(
      word: "definitions", synonyms: ["functions-of-your-own", "def", "return", "recursion"],
      text: """
        'f(x) = expression' defines a function, 'f(x) = { … }' one with statements, of which the last gives
        the value; 'return' leaves it early. It stands above its first use, sees the names that are defined
        above it, and does not call itself. 'bpc help functions' lists those of the language.
        """,
      example: """
        half(t) = t/2
        norm2(a, b) = {
          s = a^2 + b^2
          sqrt(s)
        }
        norm2(half(x), 3)
        """),
    HelpChapter(
      word: "derivatives",
      synonyms: ["jacobian", "hessian", "gradients", "gradient", "derivative"],
      text: """
        'bpc grad f.bp' prints the derivatives of the result. Inside a program grad(y, x) is the derivative
        of the number y with respect to the name x, jacobian(y, x) those of all elements of y, hessian(y, x)
        the second ones, and f'(x) that of a function. stop(x) is x as a constant. They are values like any
        other, and have derivatives themselves.
        """,
      example: """
        y = x^3
        grad(y, x) + sin'(x)
        """),
    HelpChapter(
      word: "data", synonyms: ["csv", "json", "npy", "files"],
      text: """
        Values come from name=value, then --params FILE, then --data FILE, then the program. A CSV file names
        its columns in its first line, and columns are separated by commas: a column is one value a row for a
        number, or a whole vector for a name with a shape. JSON has names with numbers and nested arrays, and
        x=@points.npy binds an array of NumPy.
        """,
      example: """
        input x: [n]
        input y: [n]
        param a = 1
        mse(a*x, y)
        """),
  ]
}
