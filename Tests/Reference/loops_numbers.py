"""Loops that carry numbers: turns, steps, bounds, nesting, names."""

from loops import case
from precise import *


@case("y = 1; for i in 0..<5 { y = y*x }; y", x=1.3)
def power(x):
    return x**5


@case("param x; y = x^2; for i in 0..<0 { y = y*x }; y", x=1.7)
def zero_turns(x):
    return x * x


@case("y = x^2; for i in 0..<-3 { y = y*sin(x) }; for i in 5..<2 { y = 0 }; y", x=1.7)
def no_turns_of_negative_ranges(x):
    return x * x


@case("y = x; for i in 3..<4 { y = sin(y*i) }; y", x=0.4)
def one_turn(x):
    return sin(3 * x)


@case("y = 0; for i in 0..<10 by 3 { y = y + x^i }; y", x=1.1)
def step_of_three(x):
    return 1 + x**3 + x**6 + x**9


@case("y = 0; for i in 10...0 by -2 { y = y*x + i }; y", x=0.9)
def negative_step(x):
    y = 0
    for i in (10, 8, 6, 4, 2, 0):
        y = y * x + i
    return y


@case("y = 0; for i in 10..<0 by -3 { y = y*x + i*x^i }; y", x=0.9)
def negative_step_without_the_end(x):
    y = 0
    for i in (10, 7, 4, 1):
        y = y * x + i * x**i
    return y


@case("y = x; for i in 1...4 { y = y + cos(i*y) }; y", x=0.6)
def range_with_its_end(x):
    y = x
    for i in (1, 2, 3, 4):
        y = y + cos(i * y)
    return y


@case("input n: int; y = 0; for i in n - 2..<2*n by n - 1 { y = y + sin(x*i) }; y", x=0.3, n=4)
def bounds_that_are_computed(x, n):
    return sin(x * 2) + sin(x * 5)


@case("input n: int; y = x; m = n; for i in 0..<m { m = m + 5; y = y*x }; y + m*x", x=1.2, n=3)
def bounds_are_evaluated_once(x, n):
    return x**4 + 18 * x


@case("a = u; b = v; for i in 0..<6 { a, b = b, a + b }; b", u=0.5, v=2.5)
def Fibonacci_by_exchange(u, v):
    return 8 * u + 13 * v


@case("a = u; b = v; c = u*v; for i in 0..<4 { a, b, c = b, c, sin(a)*b }; a + 2*b + 3*c", u=0.5, v=1.5)
def rotation_of_three(u, v):
    a, b, c = u, v, u * v
    for _ in range(4):
        a, b, c = b, c, sin(a) * b
    return a + 2 * b + 3 * c


@case("a = u; b = v; for i in 0..<5 { a, b = b, a }; a - 3*b", u=0.25, v=1.5)
def exchange_of_two(u, v):
    return v - 3 * u


@case("a = u; b = v; for i in 0..<3 { a = b*a; b = a + b }; a*b", u=0.7, v=1.2)
def second_assignment_reads_the_first(u, v):
    a, b = u, v
    for _ in range(3):
        a = b * a
        b = a + b
    return a * b


@case("y = x; for i in 0..<4 { t = y*i; y = y + sin(t) }", x=0.8)
def last_statement_is_a_loop(x):
    y = x
    for i in range(4):
        y = y + sin(y * i)
    return y


@case("param w = 0.5; for i in 0..<4 { w = w^2 + 0.25*cos(w) }; w", w=0.75)
def parameter_that_is_redefined(w):
    for _ in range(4):
        w = w * w + 0.25 * cos(w)
    return w


@case("param w; v = w; w = 2*w; for i in 0..<3 { w = w*v; v = v + 1 }; w + v", w=0.6)
def versions_of_a_leaf(w):
    return 2 * w * w * (w + 1) * (w + 2) + w + 3


@case("y = 0; for i in 0..<4 { y = y + i }; y*x^2", x=1.5)
def whole_sum_becomes_real(x):
    return 6 * x * x


@case("y = 0; for i in 0..<4 { y = y/2 + x }; y", x=1.5)
def whole_start_and_real_turns(x):
    return x * (1 + 0.5 + 0.25 + 0.125)


@case("input k: int; m = k; for i in 0..<4 { m = m + i }; x^m", x=-1.1, k=1)
def whole_number_that_is_carried(x, k):
    return x**7


@case("input k: int; y = k; for i in 0..<3 { y = y*x + k }; y", x=0.4, k=2)
def whole_start_of_a_real(x, k):
    return ((k * x + k) * x + k) * x + k


@case("input n: int; a = n; b = 36; while b != 0 { a, b = b, a % b }; x^a", x=1.1, n=84)
def Euclid(x, n):
    return x**12


@case("""
    input n: int
    y = 1; base = x; k = n
    while k > 0 {
      if k % 2 == 1 { y = y*base }
      base = base*base
      k = floor(k/2)
    }
    y
    """, x=1.05, n=13)
def power_by_squaring(x, n):
    return x**13


@case("y = x; k = 0; while y > 1 { y = y/2 + 0.1*sin(y); k = k + 1 }; y + k*x", x=9.5)
def while_of_the_value(x):
    y, k = x, 0
    while y > 1:
        y = y / 2 + 0.1 * sin(y)
        k += 1
    return y + k * x


@case("y = x^3; while y > 100 { y = sqrt(y) }; y", x=2.5)
def while_that_does_not_begin(x):
    return x**3


@case("a = x; b = 1; while a > 1 and b < 40 or b < 3 { a = a*0.75; b = b*2 + a }; a*b", x=5.5)
def while_with_and_and_or(x):
    a, b = x, Number(1)
    while (a > 1 and b < 40) or b < 3:
        a = a * 0.75
        b = b * 2 + a
    return a * b


@case("y = 1; t = 1; k = 0; while not abs(t) < 1e-10 { k = k + 1; t = t*x/k; y = y + t }; y", x=0.7)
def exponential_series(x):
    y, t, k = 1, Number(1), 0
    while not abs(t) < 1e-10:
        k += 1
        t = t * x / k
        y = y + t
    return y


@case("y = 0; for i in 0..<5 { for j in 0..<i { y = y + sin(x*i)*cos(x*j) } }; y", x=0.9)
def triangle(x):
    y = 0
    for i in range(5):
        for j in range(i):
            y = y + sin(x * i) * cos(x * j)
    return y


@case("y = x; for i in 0..<4 { for j in i..<4 { y = y*0.9 + sin(y*j + i) } }; y", x=0.9)
def triangle_from_the_diagonal(x):
    y = x
    for i in range(4):
        for j in range(i, 4):
            y = y * 0.9 + sin(y * j + i)
    return y


@case("""
    y = x
    for i in 1..<4 {
      s = 0
      for j in 0..<i {
        for k in j...i { s = s + sin(y + k)*z }
        y = y + 0.1*s^2
      }
    }
    y
    """, x=0.3, z=0.8)
def three_loops(x, z):
    y = x
    for i in range(1, 4):
        s = 0
        for j in range(i):
            for k in range(j, i + 1):
                s = s + sin(y + k) * z
            y = y + 0.1 * s * s
    return y


@case("y = x; for i in 0..<6 { for j in 3..<i { y = y + y^2/(i + j) }; y = cos(y) }; y", x=0.3)
def inner_loop_without_turns_at_first(x):
    y = x
    for i in range(6):
        for j in range(3, i):
            y = y + y * y / (i + j)
        y = cos(y)
    return y


@case("""
    y = x
    for i in 0..<4 {
      t = y + i
      while t > 0.5 { t = t/3; y = y + t^2 }
      y = y*t
    }
    y
    """, x=2.2)
def while_in_for(x):
    y = x
    for i in range(4):
        t = y + i
        while t > 0.5:
            t = t / 3
            y = y + t * t
        y = y * t
    return y


@case("""
    y = x; n = 1
    while y < 50 {
      for i in 0..<n { y = y + 0.3*y*sin(i + x) + 1 }
      n = n + 1
    }
    y/n
    """, x=0.4)
def for_in_while_with_growing_bound(x):
    y, n = x, 1
    while y < 50:
        for i in range(n):
            y = y + 0.3 * y * sin(i + x) + 1
        n += 1
    return y / n


@case("y = x; for i in 0..<3 { y = y*z }; for i in 0..<3 { y = y + i*z*y }; y", x=1.2, z=0.4)
def two_loops_in_a_row(x, z):
    y = x * z**3
    for i in range(3):
        y = y + i * z * y
    return y


@case("y = x; z = x^2; for i in 0..<3 { y = y + z; z = z*y; w = z - y; z = z + w }; z", x=0.4)
def names_of_a_turn(x):
    y, z = x, x * x
    for _ in range(3):
        y = y + z
        z = z * y
        z = z + (z - y)
    return z


@case("a = u; for i in 0..<20 { a = a*r*(1 - a) }; a", u=0.3, r=3.2)
def logistic_map(u, r):
    for _ in range(20):
        u = u * r * (1 - u)
    return u


@case("y = x; for i in 0..<3 { y = 2 }; y*x", x=3.5)
def carried_name_forgets(x):
    return 2 * x


@case("y = x; d = 0; for i in 0..<4 { d = d + y; y = 3 }; d*x", x=1.5)
def constant_after_the_first_turn(x):
    return (x + 9) * x


@case("h = 0.25; q = p; v = 0; for i in 0..<12 { v = v - h*sin(q); q = q + h*v }; q^2 + v^2", p=1.2)
def symplectic_pendulum(p):
    q, v = p, 0
    for _ in range(12):
        v = v - 0.25 * sin(q)
        q = q + 0.25 * v
    return q * q + v * v


@case("""
    f(t, y) = a*y - b*t*y^2
    y = 0.5; h = 0.1
    for i in 0..<10 {
      t = i*h
      k1 = f(t, y); k2 = f(t + h/2, y + h/2*k1); k3 = f(t + h/2, y + h/2*k2); k4 = f(t + h, y + h*k3)
      y = y + h/6*(k1 + 2*k2 + 2*k3 + k4)
    }
    y
    """, a=0.9, b=0.4)
def Runge_and_Kutta(a, b):
    f = lambda t, y: a * y - b * t * y * y
    y, h = Number(0.5), Number(0.1)
    for i in range(10):
        t = i * h
        k1 = f(t, y)
        k2 = f(t + h / 2, y + h / 2 * k1)
        k3 = f(t + h / 2, y + h / 2 * k2)
        k4 = f(t + h, y + h * k3)
        y = y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return y


@case("input n: int; y = x; for i in 0..<n { y = y*1.0001 + 0.00001*sin(y) }; y", x=0.5, n=3000)
def thousands_of_turns(x, n):
    y = x
    for _ in range(n):
        y = y * 1.0001 + 0.00001 * sin(y)
    return y


@case("y = 1; for i in 0..<4 { y = y^x }; y + x", x=1.2)
def power_of_ones(x):
    return 1 + x


@case("y = x; for i in 0..<4 { y = y^1.5 + x^y }; y", x=0.6)
def power_tower(x):
    y = x
    for _ in range(4):
        y = y ** Number(1.5) + x**y
    return y
