"""Loops that carry vectors and matrices, assign elements, and take slices."""

import numpy as np

from loops import case
from precise import *


@case("""
    A = [[0.5, 0.2], [-0.3, 0.9]]; v = x
    for i in 0..<4 { v = sin(A @ v) }
    v @ [1, 2]
    """, x=[0.4, 1.2])
def vector_that_is_carried(x):
    A = real([[0.5, 0.2], [-0.3, 0.9]])
    for _ in range(4):
        x = sin(A @ x)
    return x[0] + 2 * x[1]


@case("M = eye(2); for i in 0..<3 { M = M @ A + A.T }; sum(M*M)", A=[[0.5, 0.2], [-0.3, 0.9]])
def matrix_that_is_carried(A):
    M = real([[1, 0], [0, 1]])
    for _ in range(3):
        M = M @ A + A.T
    return (M * M).sum()


@case("A = B.T @ B; for i in 0..<2 { A = A.T @ A }; trace(A)", B=[[0.5, 0.2, 0.1], [-0.3, 0.9, 0.4]],
      hessian=False)
def transposes(B):
    A = B.T @ B
    for _ in range(2):
        A = A.T @ A
    return A[0, 0] + A[1, 1] + A[2, 2]


@case("y = zeros([4]); for i in 0..<4 { y[i] = x^i + sin(x*i) }; sum(y*y)", x=0.9)
def elements_one_by_one(x):
    return sum((x**i + sin(x * i)) ** 2 for i in range(4))


@case("v = [a, b]; for i in 0..<4 { v[0] = v[0]*v[1] + i; v[1] = v[0] - v[1] }; v[0]*v[1]", a=0.5, b=0.7)
def same_element_again(a, b):
    for i in range(4):
        a = a * b + i
        b = a - b
    return a * b


@case("v = x; for i in 0..<3 { v[-1 - i] = v[i]*v[-1] + i }; sum(v*v)", x=[0.5, 1.5, -0.7])
def indices_from_the_end(x):
    v = x.copy()
    for i in range(3):
        v[-1 - i] = v[i] * v[-1] + i
    return (v * v).sum()


@case("v = x; for i in 1..<len(v) { v[i] = v[i] + v[i - 1]^2 }; v[-1]", x=[0.5, 1.5, -0.7, 0.2])
def sums_in_place(x):
    v = x.copy()
    for i in range(1, 4):
        v[i] = v[i] + v[i - 1] ** 2
    return v[-1]


@case("v = x; w = x; for i in 0..<3 { w = v; v[i] = sin(w[2 - i]); v = v + 0.1*w }; v @ w", x=[0.5, 1.5, -0.7])
def old_version_lives_on(x):
    w = x
    v = x
    for i in range(3):
        w = v.copy()
        v = v.copy()
        v[i] = sin(w[2 - i])
        v = v + Number(0.1) * w
    return v @ w


@case("v = x; w = v; for i in 0..<3 { v[i] = v[i]*w[2 - i] }; sum(v*w) + sum(x)", x=[0.5, 1.5, -0.7])
def old_version_outside_of_the_loop(x):
    v = x.copy()
    for i in range(3):
        v[i] = v[i] * x[2 - i]
    return (v * x).sum() + x.sum()


@case("f = zeros([8]); f[0] = a; f[1] = b; for i in 2..<8 { f[i] = f[i - 1]*f[i - 2] + f[i - 1] }; f[7]",
      a=0.3, b=0.8)
def recurrence(a, b):
    f = [a, b]
    for i in range(2, 8):
        f.append(f[i - 1] * f[i - 2] + f[i - 1])
    return f[7]


@case("""
    A = zeros([3, 3])
    for i in 0..<3 { for j in 0..<3 { A[i, j] = sin(x[i]*x[j]) + (if i > 0 { A[i - 1, j] } else { 0 }) } }
    sum(A*A)
    """, x=[0.5, 1.5, -0.7])
def elements_of_a_matrix(x):
    A = [[0] * 3 for _ in range(3)]
    for i in range(3):
        for j in range(3):
            A[i][j] = sin(x[i] * x[j]) + (A[i - 1][j] if i > 0 else 0)
    return sum(a * a for row in A for a in row)


@case("A = zeros([4, 2]); A[0] = x; for i in 1..<4 { A[i] = A[i - 1]*x + sin(A[i - 1]) }; sum(A[-1])*A[2, 0]",
      x=[0.6, -0.4])
def rows(x):
    A = [x]
    for i in range(1, 4):
        A.append(A[-1] * x + sin(A[-1]))
    return A[3].sum() * A[2][0]


@case("A = zeros([2, 3]); for j in 0..<3 { A[:, j] = x*j + cos(x) }; sum(A[0]*A[1])", x=[0.6, -0.4])
def columns(x):
    return sum((x[0] * j + cos(x[0])) * (x[1] * j + cos(x[1])) for j in range(3))


@case("v = x; for i in 0..<2 { v[1..<3] = v[0..<2]*v[2..<4]; v[0] = sum(v) }; v @ v",
      x=[0.5, 1.5, -0.7, 0.9])
def slices_that_are_assigned(x):
    v = x.copy()
    for _ in range(2):
        v[1:3] = v[0:2] * v[2:4]
        v[0] = v.sum()
    return v @ v


@case("s = 0; for i in 0...len(x) { s = s + sum(x[0..<i])^2 }; s", x=[0.5, 1.5, -0.7])
def slices_that_grow(x):
    return sum(sum(x[:i], Number(0)) ** 2 for i in range(4))


@case("s = 0; for i in 0..<3 { s = s + prod(x[i..<i + 2])*x[i] }; s", x=[0.5, 1.5, -0.7, 1.1])
def window(x):
    return sum(x[i] * x[i] * x[i + 1] for i in range(3))


@case("v = x; for i in 0..<4 { v[i..<4] = v[i..<4] + 0.5*v[i]^2 }; v[3]", x=[0.5, 0.6, -0.7, 0.2])
def slice_whose_start_moves(x):
    v = x.copy()
    for i in range(4):
        v[i:] = v[i:] + Number(0.5) * v[i] ** 2
    return v[3]


@case("v = x; for i in 0..<2 { v[3...0 by -1] = v*v[0] }; v @ [1, 2, 3, 4]", x=[0.5, 1.5, -0.7, 1.1])
def reversed_slice(x):
    v = x
    for _ in range(2):
        v = (v * v[0])[::-1]
    return v @ real([1, 2, 3, 4])


@case("input idx: int [3]; v = x; for i in 0..<2 { v[1..<4] = v[idx]*(i + 1) + v[0] }; sum(v^2)",
      x=[0.5, 1.5, -0.7, 1.1], idx=[2, 2, -1])
def gather_with_repeats(x, idx):
    v = x.copy()
    for i in range(2):
        v[1:4] = v[[2, 2, 3]] * (i + 1) + v[0]
    return (v * v).sum()


@case("input idx: int [3]; v = x; for i in 0..<3 { v[idx] = v[0..<3]*v[-1] + i }; sum(v^2)",
      x=[0.5, 1.5, -0.7, 1.1], idx=[2, 0, 2])
def scatter_where_the_last_counts(x, idx):
    v = list(x)
    for i in range(3):
        a, b, c = [v[k] * v[3] + i for k in range(3)]
        v[0], v[2] = b, c
    return sum(a * a for a in v)


@case("input idx: int [5]; h = zeros([3]); for i in 0..<5 { h[idx[i]] = h[idx[i]] + x[i]^2 }; prod(h)",
      x=[0.5, 1.5, -0.7, 1.1, 0.3], idx=[0, 2, 1, 0, 2])
def histogram(x, idx):
    return (x[0] ** 2 + x[3] ** 2) * x[2] ** 2 * (x[1] ** 2 + x[4] ** 2)


@case("k = 0; s = 0; for i in 0..<7 { s = s*0.5 + x[k]^2; k = (k + 2) % 5 }; s",
      x=[0.5, 1.5, -0.7, 1.1, 0.3])
def index_that_is_carried(x):
    s, k = 0, 0
    for _ in range(7):
        s = s * 0.5 + x[k] ** 2
        k = (k + 2) % 5
    return s


@case("""
    v = x; n = len(v)
    for i in 0..<n { for j in 0..<n - 1 - i {
      if v[j] > v[j + 1] { t = v[j]; v[j] = v[j + 1]; v[j + 1] = t }
    } }
    v @ [1, 10, 100, 1000]
    """, x=[0.5, 1.5, -0.7, 1.1])
def bubble_sort(x):
    return x[2] + 10 * x[0] + 100 * x[3] + 1000 * x[1]


@case("v = x; for i in 0..<2 { t = v[i]; v[i] = v[-1 - i]; v[-1 - i] = t*v[0] }; v @ [1, 2, 3, 4]",
      x=[0.5, 1.5, -0.7, 1.1])
def reversal_in_place(x):
    v = x.copy()
    for i in range(2):
        t = v[i]
        v[i] = v[3 - i]
        v[3 - i] = t * v[0]
    return v @ real([1, 2, 3, 4])


@case("param a; input v: [n]; y = a; for i in 0..<len(v) { y = y*v[i] }; y^2 + sum(v)", a=1.5, v=[], data=("v",))
def vector_of_no_elements(a, v):
    return a * a


@case("param a; v = zeros([0]); for i in 0..<3 { v = v*a + 1 }; sum(v) + prod(v)*a", a=1.5)
def empty_vector_that_is_carried(a):
    return a


@case("param v: [1]; w = v; for i in 0..<3 { w[0] = w[0]^2 + w[-1] }; w[0]", v=[0.6])
def vector_of_one_element(v):
    y = v[0]
    for _ in range(3):
        y = y * y + y
    return y


@case("y = 0; for i in 0..<2 { y = y*0.5 + x*(i + 1) }; sum(y^2)", x=[0.5, 1.5, -0.7])
def start_that_is_stretched(x):
    y = x * 2.5
    return (y * y).sum()


@case("input n: int; y = a; for i in 0..<n { y = y*x }; sum(y)", x=[0.5, 1.5, -0.7], a=2.0, n=0)
def start_that_is_stretched_for_no_turns(x, a, n):
    return 3 * a


@case("A = zeros([2, 2]); for i in 0..<3 { A = 0.5*A + outer(x, A @ x + 1) }; sum(A)", x=[0.5, -0.7])
def outer_products(x):
    A = zeros(2, 2)
    for _ in range(3):
        A = Number(0.5) * A + np.outer(x, A @ x + 1)
    return A.sum()


@case("a = x; for i in 0..<3 { v = [a, a*2, i]; a = sum(v*v)/10 + v[1] }; a", x=0.4)
def literal_in_a_loop(x):
    a = x
    for i in range(3):
        a = (5 * a * a + i * i) / 10 + 2 * a
    return a


@case("A = B; for i in 0..<2 { A = A - mean(A, axis: 0); s = sum(A*A, axis: 1); A = A*reshape(s, [2, 1]) + i }; sum(A^2)",
      B=[[0.5, 0.2, 0.1], [-0.3, 0.9, 0.4]])
def reductions_along_axes(B):
    A = B
    for i in range(2):
        A = A - A.sum(axis=0) / 2
        A = A * (A * A).sum(axis=1).reshape(2, 1) + i
    return (A * A).sum()


@case("p = x; for i in 0..<3 { p = softmax(p*2) }; p[0]*p[1]", x=[0.5, -0.2, 0.1])
def softmax_again_and_again(x):
    for _ in range(3):
        x = softmax(x * 2)
    return x[0] * x[1]


@case("A = zeros([2, 3]); for i in 0..<2 { A = A*0.5 + reshape(x, [2, 1])*y + x[i] }; sum(A^2)",
      x=[0.5, -0.2], y=[0.1, 0.7, -0.4])
def rows_and_columns_are_stretched(x, y):
    A = zeros(2, 3)
    for i in range(2):
        A = A * 0.5 + x.reshape(2, 1) * y + x[i]
    return (A * A).sum()


@case("v = x; for i in 0..<4 { k = argmax(v); v[k] = v[k]*0.3 }; sum(v*v)", x=[0.5, 1.3, 1.9])
def largest_element_again_and_again(x):
    v = list(x)
    for _ in range(4):
        k = 0
        for i in (1, 2):
            if v[i] > v[k]:
                k = i
        v[k] = v[k] * 0.3
    return sum(a * a for a in v)


@case("""
    U = A; n = len(A)
    for k in 0..<n { for i in k + 1..<n { U[i] = U[i] - U[i, k]/U[k, k]*U[k] } }
    d = 1
    for k in 0..<n { d = d*U[k, k] }
    d
    """, A=[[2.0, 0.5, 0.3], [0.4, 1.5, -0.2], [-0.3, 0.1, 1.1]])
def determinant_by_elimination(A):
    (a, b, c), (d, e, f), (g, h, i) = A
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)


@case("""
    n = len(A); L = zeros([n, n])
    for i in 0..<n {
      for j in 0..<i { L[i, j] = (A[i, j] - L[i, 0..<j] @ L[j, 0..<j])/L[j, j] }
      L[i, i] = sqrt(A[i, i] - L[i, 0..<i] @ L[i, 0..<i])
    }
    sum(L[:, 0]) + L[2, 1]*L[1, 1] + log(L[2, 2])
    """, A=[[2.0, 0.5, 0.3], [0.4, 1.5, -0.2], [-0.3, 0.1, 1.1]])
def Cholesky(A):
    L = zeros(3, 3)
    for i in range(3):
        for j in range(i):
            s = A[i, j]
            for k in range(j):
                s = s - L[i, k] * L[j, k]
            L[i, j] = s / L[j, j]
        s = A[i, i]
        for k in range(i):
            s = s - L[i, k] ** 2
        L[i, i] = sqrt(s)
    return L[0, 0] + L[1, 0] + L[2, 0] + L[2, 1] * L[1, 1] + log(L[2, 2])


@case("""
    n = len(A); L = zeros([n, n])
    for i in 0..<n {
      for j in 0...i {
        s = A[i, j]
        for k in 0..<j { s = s - L[i, k]*L[j, k] }
        L[i, j] = if i == j { sqrt(s) } else { s/L[j, j] }
      }
    }
    sum(L[:, 0]) + L[2, 1]*L[1, 1] + log(L[2, 2])
    """, A=[[2.0, 0.5, 0.3], [0.4, 1.5, -0.2], [-0.3, 0.1, 1.1]])
def Cholesky_in_three_loops(A):
    return Cholesky(A)


@case("""
    A = [[4, 1, 0.5], [1, 3, -1], [0.2, 0.4, 5]]; x = zeros([3])
    for k in 0..<3 { for i in 0..<3 { x[i] = x[i] + (b[i] - A[i] @ x)/A[i, i] } }
    x @ x
    """, b=[1.0, 2.0, -0.5])
def Gauss_and_Seidel(b):
    A = real([[4, 1, 0.5], [1, 3, -1], [0.2, 0.4, 5]])
    x = zeros(3)
    for _ in range(3):
        for i in range(3):
            x[i] = x[i] + (b[i] - A[i] @ x) / A[i, i]
    return x @ x


@case("""
    x = zeros([2])
    A = [[3, 1], [q, 2]]
    while norm(A @ x - b) > 1e-5 { x = x + (b - A @ x)/[3, 2] }
    x[0]*x[1]
    """, b=[1.0, 0.5], q=0.5)
def Jacobi_iteration_to_a_tolerance(b, q):
    x, y = Number(0), Number(0)
    while True:
        r, s = b[0] - 3 * x - y, b[1] - q * x - 2 * y
        if not sqrt(r * r + s * s) > 1e-5:
            return x * y
        x, y = x + r / 3, y + s / 2


@case("""
    u = x; n = len(u)
    for t in 0..<5 { u[1..<n - 1] = u[1..<n - 1] + k*(u[2..<n] - 2*u[1..<n - 1] + u[0..<n - 2]) }
    u @ u
    """, x=[0.0, 1.0, 0.5, -0.3, 0.2], k=0.2)
def heat(x, k):
    u = x
    for _ in range(5):
        inner = u[1:4] + k * (u[2:5] - 2 * u[1:4] + u[0:3])
        u = np.concatenate([u[:1], inner, u[4:]])
    return u @ u


@case("""
    y = zeros([4])
    for i in 0..<4 { for j in 0..<3 { y[i] = y[i] + w[j]*x[i + 2 - j] } }
    sum(tanh(y)^2)
    """, x=[0.5, -0.2, 0.1, 0.9, 0.4, -0.6], w=[0.3, 0.5, -0.4], hessian=False)
def convolution(x, w):
    y = [sum(w[j] * x[i + 2 - j] for j in range(3)) for i in range(4)]
    return sum(tanh(a) ** 2 for a in y)


@case("""
    h = zeros([2])
    X = [[0.1, 0.4], [-0.3, 0.2], [0.7, -0.9]]
    for t in 0..<3 { h = tanh(W @ h + U @ X[t]) }
    h @ h
    """, W=[[0.5, -0.2], [0.3, 0.8]], U=[[0.4, 0.1], [-0.6, 0.2]])
def recurrent_network(W, U):
    X = real([[0.1, 0.4], [-0.3, 0.2], [0.7, -0.9]])
    h = zeros(2)
    for t in range(3):
        h = tanh(W @ h + U @ X[t])
    return h @ h


@case("""
    n = len(x); m = len(y)
    D = fill([n + 1, m + 1], 1e3); D[0, 0] = 0
    for i in 1...n { for j in 1...m {
      D[i, j] = (x[i - 1] - y[j - 1])^2 - g*logsumexp(-[D[i - 1, j], D[i, j - 1], D[i - 1, j - 1]]/g)
    } }
    D[n, m]
    """, x=[0.1, 0.9, 0.4], y=[0.2, 0.3, 1.0, 0.5], g=0.7)
def soft_time_warping(x, y, g):
    D = [[Number(1000)] * 5 for _ in range(4)]
    D[0][0] = Number(0)
    for i in range(1, 4):
        for j in range(1, 5):
            paths = [D[i - 1][j], D[i][j - 1], D[i - 1][j - 1]]
            D[i][j] = (x[i - 1] - y[j - 1]) ** 2 - g * logsumexp(*[-p / g for p in paths])
    return D[3][4]


@case("""
    input weight: int [3]
    best = zeros([8])
    for i in 0..<3 { for c in 7...2 by -1 { if c >= weight[i] {
      best[c] = max(best[c], best[c - weight[i]] + value[i])
    } } }
    best[7]*value[0]
    """, value=[3.5, 4.25, 1.5], weight=[3, 4, 2])
def knapsack(value, weight):
    return (value[0] + value[1]) * value[0]


@case("""
    T = log([[0.7, 0.3], [0.4, 0.6]]); p = x
    for t in 0..<3 { q = p + [0.1*t, -0.2]; p = max(reshape(q, [2, 1]) + T*s, axis: 0) }
    max(p)
    """, x=[0.5, -0.2], s=1.3)
def Viterbi(x, s):
    T = log(real([[0.7, 0.3], [0.4, 0.6]]))
    p = x
    for t in range(3):
        q = [p[0] + Number(0.1) * t, p[1] - Number(0.2)]
        p = [largest(q[0] + T[0, j] * s, q[1] + T[1, j] * s) for j in range(2)]
    return largest(*p)


@case("v = ones([2]); for k in 0..<12 { v = A @ v; v = v/norm(v) }; v @ A @ v", A=[[2.0, 0.5], [0.5, 1.0]])
def power_iteration(A):
    v = real([1, 1])
    for _ in range(12):
        v = A @ v
        v = v / norm(v)
    return v @ A @ v


@case("""
    scaled(v, a) = { for i in 0..<len(v) { v[i] = v[i]*a^i }; v }
    w = x
    for k in 0..<2 { w = w + scaled(w, q) }
    w @ w + x[0]
    """, x=[0.5, 1.5, -0.7], q=0.8)
def function_that_assigns_elements(x, q):
    w = x
    for _ in range(2):
        w = w + np.array([w[i] * q**i for i in range(3)])
    return w @ w + x[0]


@case("""
    total(v) = { s = 0; for i in 0..<len(v) { s = s*0.5 + v[i]^2 }; s }
    total(x) + total([x[0], x[1], x[2], 1, 2]) + total(x[0..<1])
    """, x=[0.5, 1.5, -0.7])
def function_for_several_shapes(x):
    def total(v):
        s = 0
        for a in v:
            s = s * 0.5 + a * a
        return s

    return total(x) + total([*x, 1, 2]) + total(x[:1])


@case("""
    find(v) = { for i in 0..<len(v) { if v[i] < 0 { return v*v[i] } }; v*v }
    sum(find(x)) + sum(find(-x)) + sum(find(x[0..<2]))
    """, x=[0.5, 1.5, -0.7])
def array_that_is_returned_from_a_loop(x):
    return (x * x[2]).sum() + (-x * -x[0]).sum() + x[0] ** 2 + x[1] ** 2


@case("v = x; for i in 0..<3 { if v[i] > 0 { v[i] = sqrt(v[i]) } else { v = v*2 } }; sum(v)",
      x=[0.5, -1.5, 0.7])
def element_or_whole_in_arms(x):
    return sqrt(x[0]) * 2 + x[1] * 2 + sqrt(x[2] * 2)


@case("v = x; for i in 0..<10 { v[i] = v[i]*2; if v[i] > 2 { break } }; v @ v", x=[0.5, 1.5, -0.7])
def assignment_before_break(x):
    return 4 * x[0] ** 2 + 4 * x[1] ** 2 + x[2] ** 2


@case("A = B; for i in 0..<2 { A[i, :] = A[:, i]; A[0..<2, 1..<3] = A[0..<2, 0..<2]*2 }; sum(A^3)",
      B=[[0.5, 0.2, 0.1], [-0.3, 0.9, 0.4], [0.7, -0.8, 0.6]])
def blocks_of_a_matrix(B):
    A = B.copy()
    for i in range(2):
        A[i, :] = A[:, i].copy()
        A[0:2, 1:3] = A[0:2, 0:2] * 2
    return (A**3).sum()


@case("c = [1, x, x^2]; p = zeros([5]); for i in 0..<3 { for j in 0..<3 { p[i + j] = p[i + j] + c[i]*c[j] } }; p @ p",
      x=0.7)
def product_of_polynomials(x):
    p = [1, 2 * x, 3 * x**2, 2 * x**3, x**4]
    return sum(a * a for a in p)


@case("p = 0; for i in 0..<len(c) { p = p*x + c[i] }; p", c=[1.0, -2.0, 0.5, 3.0], x=1.7)
def Horner(c, x):
    return ((c[0] * x + c[1]) * x + c[2]) * x + c[3]


@case("d = x; for k in 1..<len(x) { d[0..<len(x) - k] = d[1..<len(x) - k + 1]^2 - d[0..<len(x) - k] }; d[0]",
      x=[0.5, 1.5, -0.7, 1.1])
def differences_in_a_triangle(x):
    d = list(x)
    for k in range(1, 4):
        for i in range(4 - k):
            d[i] = d[i + 1] ** 2 - d[i]
    return d[0]
