// Functions that give as many numbers as they take.

extension SwiftArrayPrelude {
  /// The sums of the elements up to each.
  static let cumulativeSums = """
    /// Writes the sums of the first 1, 2, … `count` numbers that are `stride` apart.
    func cumulativeSums(
      of x: UnsafePointer<Double>, into y: UnsafeMutablePointer<Double>, count: Int, stride: Int = 1
    ) {
      guard count > 0 else { return }
      var sum = x[0]
      y[0] = sum
      for k in 1..<count {
        sum += x[k * stride]
        y[k * stride] = sum
      }
    }
    """

  /// The products of all elements but each.
  static let productsOfOthers = """
    /// Writes for each of `count` numbers that are `stride` apart the product of the others, without
    /// a division, which would fail at zeros.
    func productsOfOthers(
      of x: UnsafePointer<Double>, into y: UnsafeMutablePointer<Double>, count: Int, stride: Int = 1,
      scratch before: UnsafeMutablePointer<Double>
    ) {
      before[0] = 1
      for k in 0..<count { before[k + 1] = before[k] * x[k * stride] }
      var after: Double = 1
      for k in (0..<count).reversed() {
        y[k * stride] = 0 + before[k] * after
        after *= x[k * stride]
      }
    }
    """

  /// The derivatives of these products.
  static let productsOfOthersReplacing = """
    /// Writes for each of `count` numbers, the first of `x`, the sum of the products of the others in
    /// which each of the further sequences takes the place of one factor.
    ///
    /// A choice of further sequences is a number whose bits name them.
    func productsOfOthers(
      of x: [UnsafePointer<Double>], into y: UnsafeMutablePointer<Double>, count: Int,
      stride: Int = 1, scratch: UnsafeMutablePointer<Double>
    ) {
      let choices = 1 << (x.count - 1)
      let after = scratch + choices * (count + 1)
      for choice in 0..<choices {
        scratch[choice] = choice == 0 ? 1 : 0
        after[choice] = choice == 0 ? 1 : 0
      }
      func multiply(
        _ old: UnsafeMutablePointer<Double>, _ new: UnsafeMutablePointer<Double>, _ place: Int
      ) {
        // From the largest choice down, since a choice reads only smaller ones.
        for choice in (0..<choices).reversed() {
          var value = old[choice] * x[0][place]
          for further in 1..<x.count where choice & (1 << (further - 1)) != 0 {
            value += old[choice & ~(1 << (further - 1))] * x[further][place]
          }
          new[choice] = value
        }
      }
      for k in 0..<count {
        multiply(scratch + k * choices, scratch + (k + 1) * choices, k * stride)
      }
      for k in (0..<count).reversed() {
        var sum: Double = 0
        for choice in 0..<choices {
          sum += scratch[k * choices + choice] * after[choices - 1 - choice]
        }
        y[k * stride] = sum
        multiply(after, after, k * stride)
      }
    }
    """
}
