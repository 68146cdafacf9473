"""Where features meet: what is carried and what is read from outside, loops in arms, jumps in arms,
and derivatives of all that."""

from loops import case
from precise import *


@case("y = 0; for i in 0..<2 { y = x*x }; y", x=1.3)
def turns_that_yield_what_is_outside(x):
    return x * x


@case("y = x; for i in 0..<3 { y = y*x }; y + x", x=1.2)
def start_that_is_read_again(x):
    return x**4 + x


@case("y = x; for i in 0..<3 { y = y*x + x }; y*x", x=0.7)
def start_factor_and_term(x):
    return ((x * x + x) * x + x) * x * x + x * x


@case("a = x; b = x; for i in 0..<3 { a = a*b; b = b + x }; a + b", x=0.7)
def two_names_with_one_start(x):
    return x * x * (2 * x) * (3 * x) + 4 * x


@case("a = x; b = z; for i in 0..<3 { a, b = b, z }; a*b + a", x=0.7, z=1.1)
def turns_that_hand_over_what_is_outside(x, z):
    return z * z + z


@case("a = x; b = z; for i in 0..<3 { a = b; b = x*z }; a*b + a", x=0.7, z=1.1)
def turns_that_hand_over_late(x, z):
    return (x * z) ** 2 + x * z


@case("a = x; b = x; for i in 0..<2 { t = a*b; a = t; b = t }; a + b*x", x=0.7)
def one_value_for_two_names(x):
    return x**4 + x**5


@case("y = x; for i in 0..<2 { z = y; y = w; u = z*y; y = u }; y + w", x=0.7, w=0.4)
def value_that_passes_through(x, w):
    return x * w * w + w


@case("""
    y = z
    if x > 0 { for i in 0..<2 { y = x*z } }
    y*z
    """, x=0.7, z=1.1)
def loop_in_an_arm_that_yields_what_is_outside(x, z):
    return x * z * z


@case("""
    y = z
    for j in 0..<2 { if x > j { for i in 0..<2 { y = y*x + sin(x*z) } } else { y = y + x } }
    y + x
    """, x=0.7, z=1.1)
def loop_in_an_arm_in_a_loop(x, z):
    y = z
    for _ in range(2):
        y = y * x + sin(x * z)
    return y + x + x


@case("""
    y = z
    for j in 0..<3 {
      if j == 1 { continue }
      for i in 0..<4 { if y > 3 { break }; y = y*x + z; if i == 2 { continue }; y = y + x*z }
    }
    y + x
    """, x=0.9, z=1.1)
def jumps_at_both_depths(x, z):
    y = z
    for j in (0, 2):
        for i in range(4):
            if y > 3:
                break
            y = y * x + z
            if i == 2:
                continue
            y = y + x * z
    return y + x


@case("""
    y = x
    for i in 0..<3 { for j in 0..<3 { y = y + x; if y > 2 { break } }; y = y*0.5 }
    y
    """, x=0.9)
def inner_break_that_the_carried_value_decides(x):
    y = x
    for _ in range(3):
        for _ in range(3):
            y = y + x
            if y > 2:
                break
        y = y * 0.5
    return y


@case("""
    g(x) = { y = x; for i in 0..<3 { for j in 0..<3 { y = y + x; if y > 2 { break } }; y = y*0.5 }; y }
    g'(z)*z
    """, z=0.9)
def slope_of_an_inner_break(z):
    y, d = z, 1
    for _ in range(3):
        for _ in range(3):
            y, d = y + z, d + 1
            if y > 2:
                break
        y, d = y * 0.5, d * Number(0.5)
    return d * z


@case("""
    f(x) = { y = x; while y < 5 { y = y*1.5; for i in 0..<2 { if y > 4 { break }; y = y + sin(x) } }; y*x }
    f'(z) + f''(z)*z
    """, z=0.9)
def slopes_of_a_while_with_a_break(z):
    # y is a + b*sin(z) + c*z with numbers a, b, c, found in the first run.
    y, b, c = z, Number(0), Number(1)
    while y < 5:
        y, b, c = y * 1.5, b * 1.5, c * 1.5
        for _ in range(2):
            if y > 4:
                break
            y, b = y + sin(z), b + 1
    slope = b * cos(z) + c
    return y + z * slope + (2 * slope - z * b * sin(z)) * z


@case("param x: [3]\nv = x; for i in 0..<3 { v[i] = v[i]*x[i] }; sum(v) + sum(x)", x=[0.5, 1.5, -0.7])
def vector_that_is_read_and_assigned(x):
    return (x * x).sum() + x.sum()


@case("param x: [3]\nv = x; for i in 0..<3 { v[i] = v[i]*v[(i + 1) % 3] + x[2 - i] }; v @ x", x=[0.5, 1.5, -0.7])
def elements_that_are_read_around_the_corner(x):
    v = list(x)
    for i in range(3):
        v[i] = v[i] * v[(i + 1) % 3] + x[2 - i]
    return v[0] * x[0] + v[1] * x[1] + v[2] * x[2]


@case("""
    param x: [3]
    v = x
    for i in 0..<3 { if v[i] > 0 { v[i] = v[i]^2; continue }; w = v; v[i] = w[0]*w[2]; if i == 1 { break } }
    v @ [1, 2, 3]
    """, x=[0.5, -1.5, 0.7])
def assignment_in_arms_with_jumps(x):
    return x[0] ** 2 + 2 * x[0] ** 2 * x[2] + 3 * x[2]


@case("""
    param x: [3]
    best(v) = { m = v[0]; for i in 1..<len(v) { if v[i] <= m { continue }; m = v[i] }; m }
    y = 0
    for k in 0..<3 { x2 = x; x2[k] = x2[k]*2; y = y + best(x2)*(k + 1) }
    y
    """, x=[0.5, 1.5, -0.7])
def function_of_an_assigned_copy(x):
    return x[1] + 2 * x[1] * 2 + 3 * x[1]


@case("""
    A = B
    for i in 0..<2 { for j in 0..<2 { if i == j { A[i, j] = A[i, j]*A[1 - i, j] } else { A[i, :] = A[i, :] + A[:, j]*B[i, j] } } }
    sum(A*B)
    """, B=[[0.5, 0.2], [-0.3, 0.9]])
def matrix_that_is_assigned_in_arms(B):
    A = B.copy()
    for i in range(2):
        for j in range(2):
            if i == j:
                A[i, j] = A[i, j] * A[1 - i, j]
            else:
                A[i, :] = A[i, :] + A[:, j] * B[i, j]
    return (A * B).sum()


@case("""
    f(x) = { s = 0; for i in 0..<len(x) { if x[i] > 0 { s = s + x[i]^3 } else { s = s - x[i]*x[0] } }; s }
    H = hessian(f(x), x); g = grad(f(x), x)
    g @ H @ g
    """, x=[0.5, -1.5, 0.7])
def hessian_of_a_function_with_branches(x):
    a, b, c = x
    g = [3 * a * a - b, -a, 3 * c * c]
    H = [[6 * a, Number(-1), Number(0)], [Number(-1), Number(0), Number(0)], [Number(0), Number(0), 6 * c]]
    return sum(g[i] * H[i][j] * g[j] for i in range(3) for j in range(3))


@case("""
    f(x) = { y = x; for k in 0..<4 { y = y - 0.3*(y^3 - x) }; y }
    y = f(x); J = grad(y, x)
    for i in 0..<2 { y = y + J*f(y) }
    y
    """, x=0.8)
def gradient_of_a_function_used_later(x):
    def f(x, dx):
        y, d = x, dx
        for _ in range(4):
            y, d = y - Number(0.3) * (y**3 - x), d - Number(0.3) * (3 * y * y * d - dx)
        return y, d

    y, J = f(x, Number(1))
    for _ in range(2):
        y = y + J * f(y, Number(0))[0]
    return y


@case("""
    w = x
    for i in 0..<2 {
      for j in 0..<2 {
        loss = sin(w*z)^2
        if j == 1 { continue }
        w = w - 0.2*grad(loss, w)
      }
      if w < 0.1 { break }
    }
    w
    """, x=0.7, z=1.2)
def gradients_between_jumps(x, z):
    w = x
    for _ in range(2):
        w = w - Number(0.2) * 2 * sin(w * z) * cos(w * z) * z
        if w < 0.1:
            break
    return w


@case("""
    step(w, r) = { loss = (w^2 - s)^2; (w - r*grad(loss, w), loss) }
    w = 0.5; total = 0
    for i in 0..<3 { w, loss = step(w, 0.05); total = total + loss*(i + 1) }
    total + w
    """, s=1.7)
def step_that_returns_two_values(s):
    w, total = Number(0.5), 0
    for i in range(3):
        loss = (w * w - s) ** 2
        w = w - Number(0.05) * 4 * w * (w * w - s)
        total = total + loss * (i + 1)
    return total + w


@case("""
    y = 1
    for i in 0..<3 { t = if i == 1 { t1 = x^3; t1 } else { s = 0; for j in 0..<2 { s = s + x*j + y }; s }; y = y*0.5 + t }
    y
    """, x=0.6)
def loop_in_an_if_as_a_value_in_a_loop(x):
    y = 1
    for i in range(3):
        t = x**3 if i == 1 else x + 2 * y
        y = y * Number(0.5) + t
    return y


@case("y = x; for i in 0..<3 { for j in 0..<0 { y = y*100 }; while y > 100 { y = y - 1 }; y = y*x }; y", x=1.1)
def inner_loops_without_turns(x):
    return x**4


@case("y = x; k = 0; while true { k = k + 1; if k > 4 { break }; if k % 2 == 0 { continue }; y = y*x + k }; y*k", x=1.1)
def counter_that_is_read_after_the_break(x):
    return ((x * x + 1) * x + 3) * 5


@case("""
    f(x) = {
      for i in 0..<3 {
        for j in 0..<3 {
          if x*i > j + 1 { if j == 1 { return x^2 + i } else { continue } }
          x = x + 0.3
        }
        if x > 6 { return x*i }
      }
      return -x
    }
    f(a) + f(b) + f(c)
    """, a=0.5, b=1.7, c=2.4)
def returns_at_every_depth(a, b, c):
    def f(x):
        for i in range(3):
            for j in range(3):
                if x * i > j + 1:
                    if j == 1:
                        return x * x + i
                    continue
                x = x + 0.3
            if x > 6:
                return x * i
        return -x

    return f(a) + f(b) + f(c)


@case("""
    f(x) = { if x > 2 { return x^2 }; y = x; while y < 2 { y = y*1.5; if y > 1.9 { return y*x } }; y }
    s = 0
    for k in 0..<4 { s = s + f(x + k*0.8)*(k + 1) }
    s
    """, x=0.5)
def early_returns_of_calls_in_a_loop(x):
    def f(x):
        if x > 2:
            return x * x
        y = x
        while y < 2:
            y = y * 1.5
            if y > 1.9:
                return y * x
        return y

    return sum(f(x + k * 0.8) * (k + 1) for k in range(4))


@case("y = x; old = 0; z = 0; for i in 0..<4 { z = z + y*old; old = y; y = sin(y) }; z", x=1.1)
def value_of_the_turn_before(x):
    y, old, z = x, 0, 0
    for _ in range(4):
        z = z + y * old
        old = y
        y = sin(y)
    return z


@case("n = 3; p = [0.5, 1, 2]; s = 0; for i in 0..<n { for j in i..<n { if p[i]*x < p[j] { s = s + p[j]*x^(i + j) } } }; s", x=1.3)
def comparison_of_elements(x):
    p, s = [0.5, 1, 2], 0
    for i in range(3):
        for j in range(i, 3):
            if p[i] * x < p[j]:
                s = s + p[j] * x ** (i + j)
    return s


@case("y = x; for i in 0..<3 { y, y2 = sin(y), y^2; y = y + y2 }; y", x=0.4)
def tuple_with_a_name_of_the_turn(x):
    y = x
    for _ in range(3):
        y = sin(y) + y * y
    return y


@case("y = x; c = 0; for i in 0..<6 { if y > 1 or c > 1 and not (y < 0.5) { y = y - 0.7; c = c + 1 } else { y = y + 0.4 } }; y*c", x=0.93)
def conditions_with_or_and_not(x):
    y, c = x, 0
    for _ in range(6):
        if y > 1 or (c > 1 and not (y < 0.5)):
            y, c = y - 0.7, c + 1
        else:
            y = y + 0.4
    return y * c


@case("v = [a, b]; if a > 0 { v[1]*b } else { a*v[1] }", a=-0.8, b=0.5)
def element_in_one_arm(a, b):
    return a * b


@case("v = [a, b]; for i in 0..<2 { v = if a > i { v*b } else { [v[1], a*v[0]] } }; v[0]*v[1]", a=0.8, b=0.5)
def vector_that_arms_make(a, b):
    return (b * b) * (a * a * b)


@case("""
    v = [x, 2, 3]; k = 0
    while k < 2 { k = k + 1; v[k % 3] = (if x < 0 { x } else { x^2*k }) }
    prod(v)
    """, x=1.2)
def if_as_the_value_of_an_element(x):
    return x**5 * 2


@case("""
    f(p, q) = { if p > q { return p*q }; for i in 0..<2 { p = p + sin(q*i) }; p }
    v = [a, b, 1]; w = v
    for i in 0..<3 {
      v[(i + 1) % 3] = f(v[i], w[-1 - i])
      if v[i] > w[i] { w = v*0.5 } else { w[i] = max(v[i], a) }
    }
    v @ w
    """, a=0.83, b=-0.47)
def function_of_elements_of_two_vectors(a, b):
    def f(p, q):
        if p > q:
            return p * q
        for i in range(2):
            p = p + sin(q * i)
        return p

    v = [a, b, Number(1)]
    w = list(v)
    for i in range(3):
        v[(i + 1) % 3] = f(v[i], w[2 - i])
        if v[i] > w[i]:
            w = [x * 0.5 for x in v]
        else:
            w[i] = largest(v[i], a)
    return sum(x * y for x, y in zip(v, w))
