import BPInterp
import TestSupport
import Testing

/// Products of matrices against the sum over the depth in order.
struct MatrixProductTests {
  /// What computes a product in one of the two types.
  typealias Run<Scalar> = (
    MatrixProduct, UnsafeMutablePointer<Scalar>, UnsafePointer<Scalar>, UnsafePointer<Scalar>,
    UnsafeMutablePointer<Scalar>
  ) -> Void

  /// Rows, depth and columns: more than one block of the depth and of the columns, tiles that are
  /// cut, vectors, and nothing at all.
  private static let sizes = [
    (5, 520, 9), (7, 20, 270), (6, 260, 259), (1, 37, 41), (41, 37, 1), (1, 5, 300), (300, 5, 1),
    (19, 1, 1), (1, 1, 1), (3, 2, 2), (0, 3, 4), (3, 0, 4), (3, 4, 0), (1, 0, 5), (5, 0, 1),
    (16, 16, 16), (12, 10, 10), (40, 40, 40),
  ]

  @Test func productsAreSumsInOrder() {
    var operands = KernelOperands(seed: 1)
    var sizes = Self.sizes
    for _ in 0..<40 {
      sizes.append((operands.size(0...40), operands.size(0...40), operands.size(0...40)))
    }
    for (rows, depth, columns) in sizes {
      for form in 0..<4 {
        let product = MatrixProduct(
          rows: rows, depth: depth, columns: columns, transposesA: form & 1 != 0,
          transposesB: form & 2 != 0)
        check(product, &operands, Double.self) { $0.run($1, $2, $3, scratch: $4) }
        check(product, &operands, Float.self) { $0.run($1, $2, $3, scratch: $4) }
      }
    }
  }

  @Test func infinitiesAndNaNsPropagate() {
    let product = MatrixProduct(rows: 9, depth: 9, columns: 9)
    let a: [Double] = (0..<81).map { [0, 1, .infinity][$0 % 3] }
    let b: [Double] = (0..<81).map { [0, .nan, 2, -.infinity, 1][$0 % 5] }
    #expect(
      firstDifference(
        computed(product, a, b) { $0.run($1, $2, $3, scratch: $4) }, naive(product, a, b)) == nil)
  }

  @Test func scratchIsBounded() {
    let product = MatrixProduct(rows: 5000, depth: 5000, columns: 5000)
    #expect(product.scratchCount(Double.self) <= 75_000)
    #expect(product.scratchCount(Float.self) <= 75_000)
    #expect(MatrixProduct(rows: 3, depth: 2, columns: 4).scratchCount(Double.self) == 0)
  }

  private func check<Scalar: KernelScalar>(
    _ product: MatrixProduct, _ operands: inout KernelOperands, _ type: Scalar.Type,
    _ run: Run<Scalar>
  ) {
    let a = operands.numbers(product.rows * product.depth, type)
    let b = operands.numbers(product.depth * product.columns, type)
    let place = firstDifference(computed(product, a, b, run), naive(product, a, b))
    #expect(place == nil, "\(type) \(product)")
  }

  /// Computes the product over NaNs, which have to be overwritten, and no more.
  private func computed<Scalar: KernelScalar>(
    _ product: MatrixProduct, _ a: [Scalar], _ b: [Scalar], _ run: Run<Scalar>
  ) -> [Scalar] {
    let count = product.rows * product.columns
    let scratchCount = product.scratchCount(Scalar.self)
    var c = [Scalar](repeating: 7, count: count + 1)
    var scratch = [Scalar](repeating: .nan, count: scratchCount + 1)
    scratch[scratchCount] = 7
    c.withUnsafeMutableBufferPointer { c in
      scratch.withUnsafeMutableBufferPointer { scratch in
        // One element more, so that empty operands have an address.
        (a + [0]).withUnsafeBufferPointer { a in
          (b + [0]).withUnsafeBufferPointer { b in
            guard let c = c.baseAddress, let a = a.baseAddress, let b = b.baseAddress,
              let scratch = scratch.baseAddress
            else { return }
            run(product, c, a, b, scratch)
          }
        }
      }
    }
    #expect(c[count] == 7 && scratch[scratchCount] == 7, "\(product) writes too much")
    return Array(c.prefix(count))
  }

  private func naive<Scalar: KernelScalar>(
    _ product: MatrixProduct, _ a: [Scalar], _ b: [Scalar]
  ) -> [Scalar] {
    let (rows, depth, columns) = (product.rows, product.depth, product.columns)
    var c: [Scalar] = []
    for row in 0..<rows {
      for column in 0..<columns {
        var sum: Scalar = 0
        for k in 0..<depth {
          let x = product.transposesA ? a[k * rows + row] : a[row * depth + k]
          let y = product.transposesB ? b[column * depth + k] : b[k * columns + column]
          sum = sum + x * y
        }
        c.append(sum)
      }
    }
    return c
  }
}
