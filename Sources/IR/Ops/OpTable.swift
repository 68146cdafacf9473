/// The operations, each declared once.
///
/// In a rule `x` (or `a`, `b`, `c`) are the operands, `y` is the result and `dy` its adjoint; the
/// rule gives the adjoint of each operand. Where an operation has no value, neither has its
/// derivative: it is NaN. The conventions at kinks are those of docs/Language.md.
///
/// The table stands outside `Op`, whose cases would hide the functions that the rules are written
/// in.
package enum OpTable {
  /// The rows in the order of `Op`.
  package static let rows = Op.allCases.map(row)

  /// The operations that programs call, by name.
  package static let functions = Dictionary(
    uniqueKeysWithValues: Op.allCases.filter(\.info.isCallable).map { ($0.info.name, $0) })

  /// The operations by the name that the text of the IR gives them.
  package static let operations = Dictionary(
    uniqueKeysWithValues: Op.allCases.map { ($0.info.name, $0) })

  private static let oneOverSqrtTwoPi: Formula = 0.3989422804014327
  private static let twoOverSqrtPi: Formula = 1.1283791670955126
  private static let sqrtOneHalf: Formula = 0.7071067811865476
  private static let lnTwo: Formula = 0.6931471805599453
  private static let lnTen: Formula = 2.302585092994046

  /// Returns the row of `op`.
  private static func row(_ op: Op) -> OpInfo {
    switch op {
    // MARK: Structure
    case .mark:
      .structure(
        "mark", "The operand, kept apart from every other value.", parameters: ["x"], type: .same)
    case .conditional:
      .structure("if", "The yields of the region that the condition chooses.")
    case .loop:
      .structure("loop", "The last values of what the turns of a region carry, and their number.")
    case .push:
      .structure(
        "push", "The stack s with x on top.", parameters: ["s", "x"], type: .push)
    case .pop:
      .structure("pop", "The top of the stack s, and the stack without it.", parameters: ["s"])
    case .sweep:
      .structure("sweep", "The last values of what a region carries, and snapshots on the way.")
    case .revolve:
      .structure("revolve", "What a region carries from the last turn of a sweep to its first.")
    case .derivative:
      .array("derivative", ["y", "x"], "The derivative of y with respect to x.")
    case .stop:
      .derived("stop", "x as a constant: its derivative is 0.", { x in x }, rule: .zero)
    case .attach:
      .derived(
        "attach", ["y", "x", "s"], "y, with s in place of its derivative with respect to x.",
        isCallable: false, .operand(0), rule: .pullback { _, _, s, _, dy in (dy, s * dy, 0) })
    case .call:
      .structure("call", "The results of a function.")
    case .real:
      .operation(
        "real", ["n"], "The integer n as a real number.", type: .conversion,
        swift: .function("Double"), rule: .zero)

    case .integer:
      .operation(
        "integer", ["x"], "The whole number that the real x is.", type: .whole,
        swift: .function("Int"), rule: .zero)

    // MARK: Arithmetic
    case .add:
      .operation(
        "add", ["a", "b"], "The sum.", type: .arithmetic, swift: .infix("+"),
        traits: [.commutative, .exact], rule: .pullback { a, b, y, dy in (dy, dy) })
    case .subtract:
      .operation(
        "subtract", ["a", "b"], "The difference.", type: .arithmetic, swift: .infix("-"),
        rule: .pullback { a, b, y, dy in (dy, -dy) })
    case .multiply:
      .operation(
        "multiply", ["a", "b"], "The product.", type: .arithmetic, swift: .infix("*"),
        traits: [.commutative, .exact], rule: .pullback { a, b, y, dy in (dy * b, dy * a) })
    case .divide:
      .operation(
        "divide", ["a", "b"], "The quotient.", type: .real, swift: .infix("/"),
        rule: .pullback { a, b, y, dy in (dy / b, -(dy / b * y)) })
    case .negate:
      .operation(
        "negate", ["x"], "The number with the other sign.", type: .arithmetic, swift: .prefix("-"),
        rule: .pullback { x, y, dy in -dy })
    case .modulo:
      .function(
        "mod", ["a", "b"], "The remainder of a / b with the sign of b: a - b * floor(a / b).",
        type: .arithmetic, swift: .helper(.modulo), traits: .exact,
        rule: .pullback { a, b, y, dy in
          (choose(isNumber(y), dy, nan), choose(isNumber(y), dy * round((y - a) / b), nan))
        })
    case .fmod:
      .function(
        "fmod", ["a", "b"], "The remainder of a / b with the sign of a.",
        swift: .function("fmod"), traits: .exact,
        rule: .pullback { a, b, y, dy in
          (choose(isNumber(y), dy, nan), choose(isNumber(y), dy * round((y - a) / b), nan))
        })
    case .power:
      .function(
        "pow", ["x", "p"], "x to the real power p, as IEEE 754 has it.", swift: .function("pow"),
        rule: .pullback { x, p, y, dy in
          (
            choose(both(equal(p, 0), equal(x, 0)), 0, dy * p * power(x, p - 1)),
            choose(both(equal(x, 0), less(0, p)), 0, dy * y * log(x))
          )
        })
    case .integerPower:
      .operation(
        "integer_power", ["x", "k"], "x to the whole power k, by multiplication.",
        type: .integerPower, swift: .helper(.integerPower), traits: [],
        rule: .pullback { x, k, y, dy in
          (choose(equal(k, .integer(0)), 0, dy * real(k) * integerPower(x, predecessor(k))), 0)
        })
    case .square:
      .derived(
        "square", "x times x.", { x in x * x }, rule: .pullback { x, y, dy in 2 * dy * x })

    // MARK: Comparison and choice
    case .equal:
      .operation(
        "equal", ["a", "b"], "Whether a is b.", type: .equality, swift: .infix("=="),
        traits: [.commutative, .exact], rule: .zero)
    case .notEqual:
      .operation(
        "not_equal", ["a", "b"], "Whether a is not b.", type: .equality, swift: .infix("!="),
        traits: [.commutative, .exact], rule: .zero)
    case .less:
      .operation(
        "less", ["a", "b"], "Whether a is below b.", type: .comparison, swift: .infix("<"),
        rule: .zero)
    case .lessEqual:
      .operation(
        "less_equal", ["a", "b"], "Whether a is at most b.", type: .comparison,
        swift: .infix("<="), rule: .zero)
    case .greater:
      .operation(
        "greater", ["a", "b"], "Whether a is above b.", type: .comparison, swift: .infix(">"),
        rule: .zero)
    case .greaterEqual:
      .operation(
        "greater_equal", ["a", "b"], "Whether a is at least b.", type: .comparison,
        swift: .infix(">="), rule: .zero)
    case .and:
      .operation(
        "and", ["a", "b"], "Whether both hold.", type: .logic, swift: .infix("&&"),
        traits: [.commutative, .exact], rule: .zero)
    case .or:
      .operation(
        "or", ["a", "b"], "Whether one of them holds.", type: .logic, swift: .infix("||"),
        traits: [.commutative, .exact], rule: .zero)
    case .not:
      .operation(
        "not", ["x"], "Whether it does not hold.", type: .logic, swift: .prefix("!"), rule: .zero)
    case .select:
      .function(
        "where", ["c", "a", "b"], "a where c holds and b elsewhere.", type: .select,
        swift: .special, traits: .exact,
        rule: .pullback { c, a, b, y, dy in (0, choose(c, dy, 0), choose(c, 0, dy)) })
    case .minimum:
      .choice(
        "min", "The smallest; NaN where one is NaN.", swift: .minimum,
        rule: .shares { a, b in lessEqual(a, b) })
    case .maximum:
      .choice(
        "max", "The largest; NaN where one is NaN.", swift: .maximum,
        rule: .shares { a, b in lessEqual(b, a) })
    case .clamp:
      .derived(
        "clamp", ["x", "lo", "hi"], "x, but at least lo and at most hi.",
        minimum(maximum(.operand(0), .operand(1)), .operand(2)),
        rule: .pullback { x, lo, hi, y, dy in
          (
            choose(both(lessEqual(lo, x), lessEqual(x, hi)), dy, 0),
            choose(both(less(x, lo), lessEqual(lo, hi)), dy, 0),
            choose(either(less(hi, x), less(hi, lo)), dy, 0)
          )
        })

    // MARK: Pieces and jumps
    case .abs:
      .function(
        "abs", ["x"], "The magnitude; its slope at 0 is 0.", type: .arithmetic,
        swift: .function("abs"), traits: [.even, .exact],
        rule: .pullback { x, y, dy in dy * sign(x) })
    case .sign:
      .derived(
        "sign", "1 above 0, -1 below, 0 at 0.",
        { x in choose(less(0, x), 1, choose(less(x, 0), -1, x)) },
        rule: .zero)
    case .floor:
      .unary(
        "floor", "The largest whole number not above x.", swift: .method("rounded(.down)"),
        traits: .exact, rule: .zero)
    case .ceil:
      .unary(
        "ceil", "The smallest whole number not below x.", swift: .method("rounded(.up)"),
        traits: .exact, rule: .zero)
    case .round:
      .unary(
        "round", "The nearest whole number, of two the even one.",
        swift: .method("rounded(.toNearestOrEven)"), traits: .exact, rule: .zero)

    // MARK: Roots, exponentials and logarithms
    case .sqrt:
      .unary(
        "sqrt", "The square root; its slope at 0 is infinite.", swift: .method("squareRoot()"),
        traits: .exact, rule: .pullback { x, y, dy in dy / (2 * y) })
    case .cbrt:
      .unary(
        "cbrt", "The cube root.", swift: .helper(.cbrt),
        rule: .pullback { x, y, dy in dy / (3 * y * y) })
    case .exp:
      .unary(
        "exp", "e to the power x.", swift: .function("exp"), rule: .pullback { x, y, dy in dy * y })
    case .exp2:
      .unary(
        "exp2", "2 to the power x.", swift: .function("exp2"),
        rule: .pullback { x, y, dy in dy * y * lnTwo })
    case .expm1:
      .unary(
        "expm1", "exp(x) - 1, accurate near 0.", swift: .function("expm1"),
        rule: .pullback { x, y, dy in dy * exp(x) })
    case .log:
      .unary(
        "log", "The natural logarithm.", swift: .function("log"),
        rule: .pullback { x, y, dy in choose(lessEqual(0, x), dy / x, nan) })
    case .log2:
      .unary(
        "log2", "The logarithm to base 2.", swift: .function("log2"),
        rule: .pullback { x, y, dy in choose(lessEqual(0, x), dy / (x * lnTwo), nan) })
    case .log10:
      .unary(
        "log10", "The logarithm to base 10.", swift: .function("log10"),
        rule: .pullback { x, y, dy in choose(lessEqual(0, x), dy / (x * lnTen), nan) })
    case .log1p:
      .unary(
        "log1p", "log(1 + x), accurate near 0.", swift: .function("log1p"),
        rule: .pullback { x, y, dy in choose(lessEqual(-1, x), dy / (1 + x), nan) })
    case .xlogy:
      .derived(
        "xlogy", ["x", "y"], "x * log(y), and 0 where x is 0.",
        choose(
          both(equal(.operand(0), 0), isNumber(.operand(1))), 0,
          .operand(0) * log(.operand(1))),
        rule: .pullback { a, b, y, dy in
          (
            dy * log(b),
            choose(equal(a, 0), 0, choose(lessEqual(0, b), dy * (a / b), nan))
          )
        })

    // MARK: Angles and hyperbolas
    case .sin:
      .unary(
        "sin", "The sine of x radians.", swift: .function("sin"),
        rule: .pullback { x, y, dy in dy * cos(x) })
    case .cos:
      .unary(
        "cos", "The cosine of x radians.", swift: .function("cos"), traits: .even,
        rule: .pullback { x, y, dy in -(dy * sin(x)) })
    case .tan:
      .unary(
        "tan", "The tangent of x radians.", swift: .function("tan"),
        rule: .pullback { x, y, dy in dy * (1 + y * y) })
    case .asin:
      .unary(
        "asin", "The angle between -π/2 and π/2 whose sine is x.", swift: .function("asin"),
        rule: .pullback { x, y, dy in dy * asinSlope(x) })
    case .acos:
      .unary(
        "acos", "The angle between 0 and π whose cosine is x.", swift: .function("acos"),
        rule: .pullback { x, y, dy in -(dy * asinSlope(x)) })
    case .atan:
      .unary(
        "atan", "The angle between -π/2 and π/2 whose tangent is x.", swift: .function("atan"),
        rule: .pullback { x, y, dy in dy / (1 + x * x) })
    case .atan2:
      .function(
        "atan2", ["y", "x"], "The angle of the point (x, y); it has no slope at the origin.",
        swift: .function("atan2"),
        rule: .pullback { a, b, y, dy in
          (dy * atan2Slope(a, b), -(dy * atan2Slope(b, a)))
        })
    case .asinSlope:
      .derived(
        "asin_slope", "The slope of asin.", isCallable: false,
        { x in 1 / sqrt((1 - x) * (1 + x)) },
        rule: .pullback { x, y, dy in dy * (x * (y * y * y)) })
    case .atan2Slope:
      .derived(
        "atan2_slope", ["a", "b"], "The slope of atan2 in its first operand, b / (a^2 + b^2).",
        isCallable: false, hypotSlope(.operand(1), .operand(0)) / hypot(.operand(0), .operand(1)),
        rule: .pullback { a, b, y, dy in
          let p = hypotSlope(a, b)
          let q = hypotSlope(b, a)
          let h = hypot(a, b)
          return (-(2 * dy * (p * q) / h / h), dy * ((p - q) * (p + q)) / h / h)
        })
    case .hypotSlope:
      .derived(
        "hypot_slope", ["a", "b"], "The slope of hypot in its first operand; 0 at the origin.",
        isCallable: false,
        choose(
          equal(hypot(.operand(0), .operand(1)), 0), 0,
          .operand(0) / hypot(.operand(0), .operand(1))),
        rule: .pullback { a, b, y, dy in
          let q = hypotSlope(b, a)
          return (dy * (q * q) / hypot(a, b), -(dy * (y * q) / hypot(a, b)))
        })
    case .hypot:
      .function(
        "hypot", ["a", "b"], "sqrt(a^2 + b^2) without overflow; its slopes at the origin are 0.",
        swift: .helper(.hypot), traits: .commutative,
        rule: .pullback { a, b, y, dy in
          (dy * hypotSlope(a, b), dy * hypotSlope(b, a))
        })
    case .sinh:
      .unary(
        "sinh", "The hyperbolic sine.", swift: .helper(.sinh),
        rule: .pullback { x, y, dy in dy * cosh(x) })
    case .cosh:
      .unary(
        "cosh", "The hyperbolic cosine.", swift: .function("cosh"), traits: .even,
        rule: .pullback { x, y, dy in dy * sinh(x) })
    case .tanh:
      .unary(
        "tanh", "The hyperbolic tangent.", swift: .helper(.tanh),
        rule: .pullback { x, y, dy in dy * sechSquared(x) })
    case .tanhOfHalf:
      .unary(
        "tanh_of_half", "tanh(x / 2), the slope of the logarithm of sigmoid_slope.",
        isCallable: false, swift: .helper(.tanhOfHalf),
        rule: .pullback { x, y, dy in 2 * dy * sigmoidSlope(x) }, reading: tanh(.operand(0) / 2))
    case .sechSquared:
      .derived(
        "sech_squared", "The slope of tanh: (1 / cosh(x))^2.", isCallable: false,
        { x in square(1 / cosh(x)) },
        rule: .pullback { x, y, dy in -(2 * dy * y * tanh(x)) },
        reading: 1 - square(tanh(.operand(0))))
    case .logCosh:
      .derived(
        "log_cosh", "log(cosh(x)) without overflow.", isCallable: false,
        { x in
          choose(
            less(abs(x), 1), 0.5 * log1p(square(sinh(x))),
            abs(x) + (log1p(exp(-2 * abs(x))) - lnTwo))
        },
        rule: .pullback { x, y, dy in dy * tanh(x) })
    case .asinh:
      .unary(
        "asinh", "The inverse of sinh.", swift: .helper(.asinh),
        rule: .pullback { x, y, dy in dy / hypot(x, 1) })
    case .acosh:
      .unary(
        "acosh", "The inverse of cosh, from 1 on.", swift: .helper(.acosh),
        rule: .pullback { x, y, dy in dy * acoshSlope(x) })
    case .acoshSlope:
      .derived(
        "acosh_slope", "The slope of acosh.", isCallable: false,
        { x in 1 / (sqrt(x - 1) * sqrt(x + 1)) },
        rule: .pullback { x, y, dy in dy * acoshCurvature(x) })
    case .acoshCurvature:
      .derived(
        "acosh_curvature", "The second derivative of acosh.", isCallable: false,
        { x in
          let slope = acoshSlope(x)
          return -(x * slope * (slope * slope))
        },
        rule: .pullback { x, y, dy in
          let slope = acoshSlope(x)
          let bounded = x * slope
          return dy * (slope * (slope * slope) * (slope * slope + 2 * (bounded * bounded)))
        })
    case .atanh:
      .unary(
        "atanh", "The inverse of tanh, between -1 and 1.", swift: .helper(.atanh),
        rule: .pullback { x, y, dy in dy * atanhSlope(x) })
    case .atanhSlope:
      .derived(
        "atanh_slope", "The slope of atanh.", isCallable: false,
        { x in choose(lessEqual(abs(x), 1), 1 / ((1 - x) * (1 + x)), nan) },
        rule: .pullback { x, y, dy in 2 * dy * (x * (y * y)) })

    // MARK: Units of networks
    case .sigmoid:
      .derived(
        "sigmoid", "The logistic function 1 / (1 + exp(-x)).",
        // From the small side: 1 - q rounds once where 1 / (1 + e) rounds twice.
        { x in choose(lessEqual(0, x), 1 - smallerSigmoid(x), smallerSigmoid(x)) },
        rule: .pullback { x, y, dy in dy * sigmoidSlope(x) })
    case .sigmoidSlope:
      .derived(
        "sigmoid_slope", "The slope of the logistic function.", isCallable: false,
        // The two factors are sigmoid(x) and sigmoid(-x), whichever is which.
        { x in (1 - smallerSigmoid(x)) * smallerSigmoid(x) },
        rule: .pullback { x, y, dy in -(dy * (y * tanhOfHalf(x))) },
        reading: sigmoid(.operand(0)) * (1 - sigmoid(.operand(0))))
    case .logSigmoid:
      .derived(
        "logsigmoid", "log(sigmoid(x)) without underflow.",
        { x in minimum(x, 0) - log1p(exp(-abs(x))) },
        rule: .pullback { x, y, dy in dy * sigmoid(-x) })
    case .softplus:
      .derived(
        "softplus", "log(1 + exp(x)) without overflow.",
        { x in maximum(x, 0) + log1p(exp(-abs(x))) },
        rule: .pullback { x, y, dy in dy * sigmoid(x) })
    case .relu:
      .derived(
        "relu", "x above 0 and 0 below; its slope at 0 is 0.", { x in maximum(x, 0) },
        rule: .pullback { x, y, dy in choose(less(0, x), dy, 0) })
    case .leakyRelu:
      .derived(
        "leaky_relu", ["x", OpInfo.Parameter(name: "leak", defaultValue: 0.01)],
        "x above 0 and leak * x elsewhere.",
        choose(less(0, .operand(0)), .operand(0), .operand(1) * .operand(0)),
        rule: .pullback { x, leak, y, dy in
          (choose(less(0, x), dy, dy * leak), choose(less(0, x), 0, dy * x))
        })
    case .elu:
      .derived(
        "elu", "x above 0 and exp(x) - 1 elsewhere.", { x in choose(less(0, x), x, expm1(x)) },
        rule: .pullback { x, y, dy in choose(less(0, x), dy, dy * exp(x)) })
    case .gelu:
      .derived(
        "gelu", "x times the normal distribution function at x.",
        { x in 0.5 * x * erfc(-(x * sqrtOneHalf)) },
        rule: .pullback { x, y, dy in
          dy * (0.5 * erfc(-(x * sqrtOneHalf)) + x * (oneOverSqrtTwoPi * exp(-0.5 * (x * x))))
        })
    case .silu:
      .derived(
        "silu", "x times sigmoid(x).", { x in x * sigmoid(x) },
        rule: .pullback { x, y, dy in dy * (sigmoid(x) + x * sigmoidSlope(x)) })

    // MARK: Special functions
    case .erf:
      .unary(
        "erf", "The error function.", swift: .function("erf"),
        rule: .pullback { x, y, dy in dy * (twoOverSqrtPi * exp(-(x * x))) })
    case .erfc:
      .unary(
        "erfc", "1 - erf(x), accurate far from 0.", swift: .function("erfc"),
        rule: .pullback { x, y, dy in -(dy * (twoOverSqrtPi * exp(-(x * x)))) })
    case .lgamma:
      .unary(
        "lgamma", "The logarithm of the magnitude of the gamma function.",
        swift: .helper(.lgamma), rule: .pullback { x, y, dy in dy * polygamma(.integer(0), x) })
    case .digamma:
      .derived(
        "digamma", "The slope of lgamma.", { x in polygamma(.integer(0), x) },
        rule: .pullback { x, y, dy in choose(isNumber(y), dy * polygamma(.integer(1), x), nan) })
    case .polygamma:
      .operation(
        "polygamma", ["n", "x"], "The n-th derivative of digamma.", type: .ordered,
        swift: .helper(.polygamma), traits: [],
        rule: .pullback { n, x, y, dy in
          (0, choose(isNumber(y), dy * polygamma(successor(n), x), nan))
        })
    case .sinc:
      .derived(
        "sinc", "sin(πx) / (πx), and 1 at 0.", { x in sincDerivative(.integer(0), x) },
        rule: .pullback { x, y, dy in dy * sincDerivative(.integer(1), x) })
    case .sincDerivative:
      .operation(
        "sinc_derivative", ["n", "x"], "The n-th derivative of sinc.", type: .ordered,
        swift: .helper(.sinc), traits: [],
        rule: .pullback { n, x, y, dy in (0, dy * sincDerivative(successor(n), x)) })

    // MARK: Arrays: their making, form and parts
    case .dimension:
      .array("dimension", [], "The size that the attribute gives.", rule: .zero)
    case .array: .array("array", [], "The constant elements of the attribute.", rule: .zero)
    case .iota: .array("iota", [], "The whole numbers from 0 on.", rule: .zero)
    case .randomUniform:
      .array("random_uniform", [], "Random numbers, uniform in [0, 1).", rule: .zero)
    case .randomNormal:
      .array(
        "random_normal", [], "Random numbers, normal with mean 0 and deviation 1.", rule: .zero)
    case .broadcast: .array("broadcast", ["x"], "x, stretched to a shape.")
    case .reshape: .array("reshape", ["x"], "The elements of x in another shape.")
    case .transpose: .array("transpose", ["x"], "x with its axes in another order.")
    case .concat: .array("concat", ["a"], "The operands one after another.", isVariadic: true)
    case .slice:
      .array("slice", ["x"], "The elements of x from the starts on.", isVariadic: true)
    case .sliceAdd:
      .array("slice_add", ["x", "v"], "x with v added to a slice.", isVariadic: true)
    case .sliceSet:
      .array("slice_set", ["x", "v"], "x with v in place of a slice.", isVariadic: true)
    case .gather: .array("gather", ["x", "indices"], "The elements of x at the indices.")
    case .scatterAdd:
      .array("scatter_add", ["x", "v", "indices"], "x with v added at the indices.")
    case .scatterSet:
      .array(
        "scatter_set", ["x", "v", "indices"],
        "x with v at the indices; of an index that repeats the last counts.")

    // MARK: Arrays: what is computed along an axis
    case .sum: .array("sum", ["x"], "The sum.")
    case .product: .array("product", ["x"], "The product.")
    case .productOthers:
      .array(
        "product_others", ["x"],
        "For each element the product of the others; with further operands, the sum of the products "
          + "in which each of these stands for x once.", isVariadic: true)
    case .reduceMaximum: .array("reduce_max", ["x"], "The largest; NaN where one is NaN.")
    case .reduceMinimum: .array("reduce_min", ["x"], "The smallest; NaN where one is NaN.")
    case .argmax: .array("argmax", ["x"], "The index of the largest, the first one.", rule: .zero)
    case .argmin: .array("argmin", ["x"], "The index of the smallest, the first one.", rule: .zero)
    case .cumsum: .array("cumsum", ["x"], "The sums of all elements so far.")
    case .norm: .array("norm", ["x"], "The Euclidean norm; its slope at 0 is 0.")
    case .softmax: .array("softmax", ["x"], "exp(x) over its sum, without overflow.")
    case .logSumExp: .array("logsumexp", ["x"], "log(sum(exp(x))) without overflow.")
    case .matmul: .array("matmul", ["a", "b"], "The matrix product.")
    }
  }
}
