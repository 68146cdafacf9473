import BPIR

// Y = A B gives dA = dY Bᵀ and dB = Aᵀ dY (Giles: Collected matrix derivative results for forward and
// reverse mode algorithmic differentiation, 2008, section 2.2.2). A transposed factor takes its
// adjoint transposed.

extension Reverse {
  mutating func pullBackProduct(_ pullback: ArrayPullback) {
    guard case .transposes(let first, let second) = pullback.attribute else { return }
    let dy = pullback.dy.value
    if activity[pullback.operands[0]] {
      let b = factor(1, pullback)
      let da =
        first
        ? builder.matmul(b, dy, transposingFirst: second, second: true)
        : builder.matmul(dy, b, second: !second)
      contribute(da, pullback, to: 0)
    }
    if activity[pullback.operands[1]] {
      let a = factor(0, pullback)
      let db =
        second
        ? builder.matmul(dy, a, transposingFirst: true, second: first)
        : builder.matmul(a, dy, transposingFirst: !first)
      contribute(db, pullback, to: 1)
    }
  }
}
