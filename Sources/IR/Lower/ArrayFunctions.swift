import BPLexer

/// The functions of the language that work on whole arrays.
package enum ArrayFunctions {
  /// The functions in the order of the documentation.
  package static let all = reductions + forms + makers + models

  /// The functions by name.
  static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The functions that take all elements, or those along an axis.
  private static let reductions: [ArrayFunction] = [
    ArrayFunction("sum", ["x", .axis], "The sum of the elements.") { call in
      call.reduced { builder, x, axis in builder.sum(x, axis: axis) }
    },
    ArrayFunction("mean", ["x", .axis], "The mean of the elements.") { call in
      call.reducedReal { builder, x, axis in builder.mean(x, axis: axis) }
    },
    ArrayFunction(
      "prod", ["x", .axis], "The product of the elements; the derivative is right at zeros, too."
    ) { call in
      call.reducedReal { builder, x, axis in builder.append(.product, [x], .axis(axis)) }
    },
    ArrayFunction(
      "min", ["x", .axis],
      "The smallest element, NaN where one is NaN; with two or more arguments, element by element."
    ) { call in
      call.reduced { builder, x, axis in builder.append(.reduceMinimum, [x], .axis(axis)) }
    },
    ArrayFunction(
      "max", ["x", .axis],
      "The largest element, NaN where one is NaN; with two or more arguments, element by element."
    ) { call in
      call.reduced { builder, x, axis in builder.append(.reduceMaximum, [x], .axis(axis)) }
    },
    ArrayFunction(
      "var", ["x", .axis, .labeled("ddof", default: "0")],
      "The mean square distance from the mean, over n - ddof."
    ) { call in
      guard let freedom = call.literal(2, or: 0) else { return nil }
      return call.reducedReal { builder, x, axis in
        builder.variance(x, axis: axis, lostFreedom: freedom)
      }
    },
    ArrayFunction(
      "std", ["x", .axis, .labeled("ddof", default: "0")],
      "The root of the mean square distance from the mean, over n - ddof; its slope at 0 is 0."
    ) { call in
      guard let freedom = call.literal(2, or: 0) else { return nil }
      return call.reducedReal { builder, x, axis in
        builder.deviation(x, axis: axis, lostFreedom: freedom)
      }
    },
    ArrayFunction(
      "norm", ["x", .axis], "The root of the sum of squares, without overflow; its slope at 0 is 0."
    ) { call in
      call.reducedReal { builder, x, axis in builder.append(.norm, [x], .axis(axis)) }
    },
    ArrayFunction(
      "logsumexp", ["x", .axis], "log(sum(exp(x))), shifted so that nothing overflows."
    ) { call in
      call.reducedReal { builder, x, axis in builder.append(.logSumExp, [x], .axis(axis)) }
    },
    ArrayFunction("any", ["x", .axis], "Whether one of the conditions holds.") { call in
      call.reducedCondition(.reduceMaximum)
    },
    ArrayFunction("all", ["x", .axis], "Whether all of the conditions hold.") { call in
      call.reducedCondition(.reduceMinimum)
    },
    ArrayFunction("argmax", ["x", .axis], "The index of the largest element, the first one.") {
      call in
      call.reduced { builder, x, axis in builder.append(.argmax, [x], .axis(axis)) }
    },
    ArrayFunction("argmin", ["x", .axis], "The index of the smallest element, the first one.") {
      call in
      call.reduced { builder, x, axis in builder.append(.argmin, [x], .axis(axis)) }
    },
    ArrayFunction("cumsum", ["x", .lastAxis], "The sums of the elements so far.") { call in
      guard let x = call.number(0), let axis = call.axis(1, of: x, or: -1) else { return nil }
      return call.builder.append(.cumsum, [x], .scan(axis: axis, isReversed: false))
    },
    ArrayFunction("dot", ["a", "b"], "The sum of the products of the elements.") { call in
      guard let (a, b) = call.reals(0, 1) else { return nil }
      return call.builder.sum(call.builder.append(.multiply, a, b))
    },
    ArrayFunction("outer", ["a", "b"], "The product of each element of a with each of b.") { call in
      guard let a = call.vector(0), let b = call.vector(1) else { return nil }
      return call.builder.outer(a, b)
    },
    ArrayFunction("trace", ["x"], "The sum of the diagonal.") { call in
      guard let x = call.matrix(0) else { return nil }
      return call.builder.trace(of: x)
    },
  ]

  /// The functions that give elements another form.
  private static let forms: [ArrayFunction] = [
    ArrayFunction(
      "reshape", ["x", "shape"], "The elements of x in another shape; one size may be -1."
    ) { call in call.reshaped() },
    ArrayFunction("transpose", ["x"], "x with its axes in reverse order, as x.T.") { call in
      guard let argument = call.arguments[0] else { return nil }
      return call.lowering.transposed(argument).values.first
    },
    ArrayFunction("reverse", ["x", .firstAxis], "x from the last element to the first.") { call in
      guard let x = call.value(0), let axis = call.axis(1, of: x, or: 0) else { return nil }
      return call.builder.reversed(x, axis: axis)
    },
    ArrayFunction(
      "concat", ["x", .firstAxis], "The arrays one after another.", isVariadic: true
    ) { call in call.concatenated() },
    ArrayFunction(
      "stack", ["x", .firstAxis], "Arrays of one shape side by side along a new axis.",
      isVariadic: true
    ) { call in call.stacked() },
    ArrayFunction("diag", ["x"], "The diagonal of a matrix, or the matrix with that diagonal.") {
      call in
      guard let x = call.value(0) else { return nil }
      if call.shape(x).rank == 1 { return call.builder.diagonalMatrix(x) }
      guard let x = call.matrix(0) else { return nil }
      return call.builder.diagonal(of: x)
    },
    ArrayFunction("len", ["x"], "The size of the first dimension.") { call in
      guard let x = call.value(0) else { return nil }
      guard let first = call.shape(x).dimensions.first else {
        call.report(
          .arrayExpected("'len'", rank: "an array", call.shape(x), at: call.span(0)))
        return nil
      }
      return call.builder.size(first)
    },
    ArrayFunction("size", ["x", .axis], "The size of a dimension, or how many elements there are.")
    {
      call in
      guard let x = call.value(0) else { return nil }
      guard call.has(1) else { return call.builder.size(call.shape(x).count) }
      guard let axis = call.axis(1, of: x, or: 0) else { return nil }
      return call.builder.size(call.shape(x)[axis])
    },
  ]

  /// The functions that make arrays.
  private static let makers: [ArrayFunction] = [
    ArrayFunction("zeros", ["shape"], "An array of zeros.") { call in call.filled(0) },
    ArrayFunction("ones", ["shape"], "An array of ones.") { call in call.filled(1) },
    ArrayFunction("fill", ["shape", "value"], "An array whose elements are all the value.") {
      call in
      guard let shape = call.shape(argument: 0), let value = call.real(1) else { return nil }
      return call.broadcast(value, to: shape, at: call.span(1))
    },
    ArrayFunction("eye", ["n"], "The unit matrix.") { call in
      guard let size = call.size(0), call.checked(Shape([size, size]), at: call.span(0)) != nil
      else { return nil }
      return call.builder.unitMatrix(size)
    },
    ArrayFunction(
      "range", ["a", .optional("b", default: "none")],
      "The whole numbers from a up to b, without b; with one argument from 0 up to it."
    ) { call in
      guard let first = call.size(0) else { return nil }
      guard call.has(1) else { return call.numbers(from: Dimension(0), to: first) }
      guard let second = call.size(1) else { return nil }
      return call.numbers(from: first, to: second)
    },
    ArrayFunction("linspace", ["a", "b", "n"], "n numbers from a to b, b included.") { call in
      guard let first = call.scalar(0, or: 0), let last = call.scalar(1, or: 1),
        let size = call.size(2), call.checked(Shape([size]), at: call.span(2)) != nil
      else { return nil }
      return call.builder.spaced(first, last, size)
    },
    ArrayFunction(
      "uniform",
      [
        "shape", .labeled("low", default: "0"), .labeled("high", default: "1"),
        .labeled("seed", default: "0"),
      ],
      "Random numbers between low and high, the same for the same seed."
    ) { call in
      guard let low = call.scalar(1, or: 0), let high = call.scalar(2, or: 1),
        let unit = call.random(.randomUniform)
      else { return nil }
      let shape = call.shape(unit)
      let width = call.builder.append(.subtract, high, low)
      let scaled = call.builder.append(
        .multiply, unit, call.builder.broadcast(width, to: shape))
      return call.builder.append(.add, call.builder.broadcast(low, to: shape), scaled)
    },
    ArrayFunction(
      "normal",
      [
        "shape", .labeled("mean", default: "0"), .labeled("std", default: "1"),
        .labeled("seed", default: "0"),
      ],
      "Random numbers of the normal distribution, the same for the same seed."
    ) { call in
      guard let mean = call.scalar(1, or: 0), let deviation = call.scalar(2, or: 1),
        let unit = call.random(.randomNormal)
      else { return nil }
      let shape = call.shape(unit)
      let scaled = call.builder.append(
        .multiply, unit, call.builder.broadcast(deviation, to: shape))
      return call.builder.append(.add, call.builder.broadcast(mean, to: shape), scaled)
    },
  ]

  /// The functions of statistical models and networks.
  private static let models: [ArrayFunction] = [
    ArrayFunction("softmax", ["x", .lastAxis], "exp(x) over its sum, without overflow.") { call in
      guard let x = call.real(0), let axis = call.axis(1, of: x, or: -1) else { return nil }
      return call.builder.append(.softmax, [x], .axis(axis))
    },
    ArrayFunction("log_softmax", ["x", .lastAxis], "log(softmax(x)), without overflow.") { call in
      guard let x = call.real(0), let axis = call.axis(1, of: x, or: -1) else { return nil }
      return call.builder.logSoftmax(x, axis: axis)
    },
    ArrayFunction("mse", ["y", "p"], "The mean of the squared differences.") { call in
      guard let (y, p) = call.reals(0, 1) else { return nil }
      let difference = call.builder.append(.subtract, y, p)
      return call.builder.mean(call.builder.append(.square, difference))
    },
    ArrayFunction(
      "bce", ["y", "p"], "The mean binary cross-entropy of targets y and probabilities p."
    ) { call in
      guard let (y, p) = call.reals(0, 1) else { return nil }
      return call.crossEntropy(of: y, probabilities: p)
    },
    ArrayFunction(
      "bce_with_logits", ["y", "z"],
      "The mean binary cross-entropy of targets y and probabilities sigmoid(z), without overflow."
    ) { call in
      guard let (y, z) = call.reals(0, 1) else { return nil }
      return call.builder.binaryCrossEntropy(y, logits: z)
    },
    ArrayFunction(
      "cross_entropy", ["y", "z"],
      "The mean over the rows of the cross-entropy of y and softmax(z); y holds probabilities or "
        + "the numbers of the classes."
    ) { call in call.crossEntropyOfRows() },
  ]
}
