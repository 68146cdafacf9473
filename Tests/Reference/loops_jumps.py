"""Branches, jumps out of loops, and functions with loops."""

from loops import case
from precise import *


@case("y = x; while true { y = y*1.5; if y > 20 { break } }; y*x", x=1.1)
def endless_with_break(x):
    y = x
    while True:
        y = y * 1.5
        if y > 20:
            break
    return y * x


@case("y = x; for i in 0..<9 { if y > 0 { break }; y = y*10 }; y^2", x=0.3)
def break_in_the_first_turn(x):
    return x * x


@case("y = x; for i in 0..<9 { y = y*x; if y > 10 { break }; y = y + 1 }; y", x=1.7)
def break_between_assignments(x):
    y = x
    for _ in range(9):
        y = y * x
        if y > 10:
            break
        y = y + 1
    return y


@case("y = x; for i in 0..<4 { y = y*x; if y > 1000 { break }; y = y + 1 }; y", x=1.3)
def break_that_never_comes(x):
    y = x
    for _ in range(4):
        y = y * x + 1
    return y


@case("y = 0; for i in 0..<9 { if i % 2 == 1 { continue }; y = y*x + i }; y", x=1.1)
def continue_of_odd_turns(x):
    y = 0
    for i in (0, 2, 4, 6, 8):
        y = y * x + i
    return y


@case("""
    y = x; k = 0
    while k < 8 {
      k = k + 1
      if y > 2 { y = y - 1.5; continue }
      y = y*1.7
    }
    y
    """, x=0.9)
def continue_in_while(x):
    y = x
    for _ in range(8):
        if y > 2:
            y = y - 1.5
            continue
        y = y * 1.7
    return y


@case("""
    y = x
    for i in 0..<4 {
      for j in 0..<4 {
        y = y + sin(x*j)
        if y > 2 { break }
      }
      y = y*0.6
    }
    y
    """, x=0.9)
def break_of_the_inner_loop(x):
    y = x
    for _ in range(4):
        for j in range(4):
            y = y + sin(x * j)
            if y > 2:
                break
        y = y * 0.6
    return y


@case("""
    y = x
    for i in 0..<3 {
      for j in 0..<4 {
        if j == i { continue }
        y = y*cos(x*j) + i
      }
    }
    y
    """, x=0.9)
def continue_of_the_inner_loop(x):
    y = x
    for i in range(3):
        for j in range(4):
            if j == i:
                continue
            y = y * cos(x * j) + i
    return y


@case("""
    y = x; n = 0
    for i in 0..<20 {
      if i % 3 == 0 { continue }
      y = y + 0.1*i*x
      if y > 8 { n = i; break }
      if y > 4 { y = y*y/6; continue }
      y = y + 0.25
    }
    y + n
    """, x=0.8)
def break_and_continue(x):
    y, n = x, 0
    for i in range(20):
        if i % 3 == 0:
            continue
        y = y + Number(0.1) * i * x
        if y > 8:
            n = i
            break
        if y > 4:
            y = y * y / 6
            continue
        y = y + 0.25
    return y + n


@case("""
    first(a) = {
      y = a
      for i in 0..<10 {
        if y > 5 { return y*i }
        y = y*a
      }
      y + 100
    }
    first(x) + first(z)
    """, x=1.6, z=1.1)
def return_in_a_loop(x, z):
    def first(a):
        y = a
        for i in range(10):
            if y > 5:
                return y * i
            y = y * a
        return y + 100

    return first(x) + first(z)


@case("""
    f(a) = {
      while true {
        a = a*a
        if a > 10 { return log(a) }
        if a < 0.01 { return a*7 }
      }
      a
    }
    f(x) + f(z)
    """, x=1.4, z=0.6)
def return_from_an_endless_loop(x, z):
    def f(a):
        while True:
            a = a * a
            if a > 10:
                return log(a)
            if a < 0.01:
                return a * 7

    return f(x) + f(z)


@case("""
    search(a, limit) = {
      s = 0
      for i in 1..<6 {
        for j in 1...i {
          s = s + sin(a*i)*cos(a*j)
          if s > limit { return s*a + i*j }
        }
        s = s*0.9
      }
      return s - a
    }
    search(x, 1) * search(x, 99)
    """, x=0.7)
def return_from_two_loops(x):
    def search(limit):
        s = 0
        for i in range(1, 6):
            for j in range(1, i + 1):
                s = s + sin(x * i) * cos(x * j)
                if s > limit:
                    return s * x + i * j
            s = s * 0.9
        return s - x

    return search(1) * search(99)


@case("""
    f(a) = {
      if a > 3 { return a^3 }
      for i in 0..<3 { a = a + sin(a) }
      a
    }
    f(x) + f(x + 3)
    """, x=0.5)
def return_before_the_loop(x):
    a = x
    for _ in range(3):
        a = a + sin(a)
    return a + (x + 3) ** 3


@case("""
    f(a) = {
      for i in 0..<5 { return a*2 + i }
      a
    }
    f(x)*x
    """, x=1.5)
def return_in_the_first_turn(x):
    return 2 * x * x


@case("""
    root(a) = { y = a; for k in 0..<6 { y = (y + a/y)/2 }; y }
    s = 0
    for i in 1...3 { s = s + root(x*i + s) }
    s
    """, x=1.9)
def function_with_a_loop_in_a_loop(x):
    s = 0
    for i in range(1, 4):
        a = x * i + s
        y = a
        for _ in range(6):
            y = (y + a / y) / 2
        s = s + y
    return s


@case("""
    inner(a, n) = { y = 1; for i in 0..<n { y = y*a + 1 }; y }
    whole(a) = { y = 0; for i in 0..<4 { y = y + inner(a, i)/(i + 1) }; y }
    y = x
    for i in 0..<2 { y = whole(y)*0.4 }
    y
    """, x=0.7)
def functions_in_functions_in_loops(x):
    def inner(a, n):
        y = 1
        for _ in range(n):
            y = y * a + 1
        return y

    y = x
    for _ in range(2):
        y = sum(inner(y, i) / Number(i + 1) for i in range(4)) * 0.4
    return y


@case("""
    turn(q, v) = { for i in 0..<3 { q, v = q + 0.1*v, v - 0.1*q }; (q, v) }
    q, v = turn(x, z)
    for i in 0..<2 { q, v = turn(v, q) }
    q*v
    """, x=0.7, z=1.1)
def function_of_several_values(x, z):
    def turn(q, v):
        for _ in range(3):
            q, v = q + 0.1 * v, v - 0.1 * q
        return q, v

    q, v = turn(x, z)
    for _ in range(2):
        q, v = turn(v, q)
    return q * v


@case("""
    a = 2*x
    f(t) = a*t + x
    a = 100
    y = 1
    for i in 0..<3 { y = f(y); a = a + 1 }
    y + a
    """, x=0.7)
def outer_names_in_the_version_of_the_definition(x):
    y = 1
    for _ in range(3):
        y = 2 * x * y + x
    return y + 103


@case("""
    y = 10*x
    f(y) = { for i in 0..<3 { x = y*i; y = y + x }; y }
    f(x) + y
    """, x=0.7)
def names_of_a_function_are_its_own(x):
    return 6 * x + 10 * x


@case("y = x; for i in 0..<6 { if y > 1 { y = y*0.4 } else { y = y + x } }; y", x=0.55)
def both_arms_assign(x):
    y = x
    for _ in range(6):
        y = y * 0.4 if y > 1 else y + x
    return y


@case("y = x; z = 1; for i in 0..<6 { if i % 3 == 1 { z = z*y }; y = y + 0.2*z }; y*z", x=0.55)
def one_arm_assigns(x):
    y, z = x, 1
    for i in range(6):
        if i % 3 == 1:
            z = z * y
        y = y + 0.2 * z
    return y * z


@case("""
    y = x
    for i in 0..<8 {
      if y < 1 { y = y + 0.7 } else if y < 2 { y = y^2 } else if y < 3 { y = y/2 } else { y = sqrt(y) }
    }
    y
    """, x=0.35)
def chain_of_conditions(x):
    y = x
    for _ in range(8):
        if y < 1:
            y = y + 0.7
        elif y < 2:
            y = y * y
        elif y < 3:
            y = y / 2
        else:
            y = sqrt(y)
    return y


@case("y = x; for i in 0..<5 { t = if y > i { sin(y) } else { y*x }; y = y + t }; y", x=0.8)
def if_as_a_value(x):
    y = x
    for i in range(5):
        y = y + (sin(y) if y > i else y * x)
    return y


@case("y = x; for i in 0..<5 { if i > 2 { t = y*2 } else { t = y + 3 }; y = sin(t) }; y", x=0.8)
def name_that_both_arms_define(x):
    y = x
    for i in range(5):
        y = sin(y * 2 if i > 2 else y + 3)
    return y


@case("""
    y = x
    for i in 0..<5 {
      if i == 1 { continue } else { t = y*2 }
      y = sin(t)
    }
    y
    """, x=0.8)
def name_that_the_arm_that_goes_on_defines(x):
    y = x
    for _ in range(4):
        y = sin(y * 2)
    return y


@case("y = x; for i in 0..<4 { y = where(y > 1, y*0.5, y^2 + 1) }; y", x=0.8)
def where_in_a_loop(x):
    y = x
    for _ in range(4):
        y = y * 0.5 if y > 1 else y * y + 1
    return y


@case("""
    if x > 1 { y = x; for i in 0..<3 { y = y*x } } else { y = 0; while y < 3 { y = y + x } }
    y
    """, x=1.3)
def loop_in_an_arm(x):
    return x**4


@case("""
    if x > 1 { y = x; for i in 0..<3 { y = y*x } } else { y = 0; while y < 3 { y = y + x } }
    y
    """, x=0.8)
def loop_in_the_other_arm(x):
    return 4 * x


@case("""
    y = x
    for i in 0..<4 {
      if i % 2 == 0 { for j in 0..<i { y = y + sin(y*j) } } else { while y > 1 { y = y*0.7 } }
    }
    y
    """, x=1.6)
def loops_in_arms_of_a_loop(x):
    y = x
    for i in range(4):
        if i % 2 == 0:
            for j in range(i):
                y = y + sin(y * j)
        else:
            while y > 1:
                y = y * 0.7
    return y


@case("y = if x > 0 { s = x; for i in 0..<3 { s = s*x + 1 }; s } else { 0 }; y^2", x=0.8)
def loop_in_an_if_as_a_value(x):
    return (x**4 + x * x + x + 1) ** 2


@case("""
    input n: int
    y = x; k = n
    while k != 1 {
      if k % 2 == 0 { k = floor(k/2); y = y*a } else { k = 3*k + 1; y = y + b }
    }
    y
    """, x=1.0, a=0.9, b=0.3, n=7)
def Collatz(x, a, b, n):
    y, k = x, n
    while k != 1:
        if k % 2 == 0:
            k, y = k // 2, y * a
        else:
            k, y = 3 * k + 1, y + b
    return y


@case("""
    f(t) = t^3 - a*t - 2
    low = 0; high = 4
    solve(low, high) = {
      for k in 0..<50 {
        t = (low + high)/2
        if abs(f(t)) < 0.01 { return t - f(t)/f'(t) }
        if f(t) > 0 { high = t } else { low = t }
      }
      low
    }
    solve(0, 4)
    """, a=1.3)
def bisection_and_a_step_of_Newton(a):
    f = lambda t: t**3 - a * t - 2
    low, high = Number(0), Number(4)
    for _ in range(50):
        t = (low + high) / 2
        if abs(f(t)) < 0.01:
            return t - f(t) / (3 * t * t - a)
        if f(t) > 0:
            high = t
        else:
            low = t


@case("""
    E = m
    while true {
      step = (E - q*sin(E) - m)/(1 - q*cos(E))
      E = E - step
      if abs(step) < 1e-6 { break }
    }
    E
    """, m=0.8, q=0.6)
def Kepler(m, q):
    E = m
    while True:
        step = (E - q * sin(E) - m) / (1 - q * cos(E))
        E = E - step
        if abs(step) < 1e-6:
            return E


@case("a = u; b = v; while abs(a - b) > 1e-7 { a, b = (a + b)/2, sqrt(a*b) }; a", u=1.0, v=0.35)
def mean_of_Gauss(u, v):
    a, b = u, v
    while abs(a - b) > 1e-7:
        a, b = (a + b) / 2, sqrt(a * b)
    return a


@case("""
    f(a, n) = {
      s = 0
      while true {
        n = n - 1
        if n < 0 { return s }
        if n % 2 == 1 { continue }
        s = s*a + n
        if s > 30 { break }
      }
      s*1000
    }
    f(x, 7) + f(2*x, 9)
    """, x=1.3)
def every_jump_in_one_loop(x):
    def f(a, n):
        s = Number(0)
        while True:
            n = n - 1
            if n < 0:
                return s
            if n % 2 == 1:
                continue
            s = s * a + n
            if s > 30:
                break
        return s * 1000

    return f(x, 7) + f(2 * x, 9)
