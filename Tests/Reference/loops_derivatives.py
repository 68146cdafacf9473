"""Derivatives in the language, in loops and out of them."""

import numpy as np

from loops import case
from precise import *


@case("g(x) = x^2 - s; x = 1; for k in 0..<6 { x = x - g(x)/g'(x) }; x", s=2.0)
def root_by_Newton(s):
    x = Number(1)
    for _ in range(6):
        x = x - (x * x - s) / (2 * x)
    return x


@case("g(x) = x^3 - s; x = 1.5; for k in 0..<4 { x = x - 2*g(x)*g'(x)/(2*g'(x)^2 - g(x)*g''(x)) }; x", s=2.0)
def root_by_Halley(s):
    x = Number(1.5)
    for _ in range(4):
        g = x**3 - s
        x = x - 2 * g * 3 * x * x / (18 * x**4 - g * 6 * x)
    return x


@case("f = sin(x*y); g = grad(f, x); g*y + x", x=0.7, y=1.2)
def gradient_as_a_value(x, y):
    return y * y * cos(x * y) + x


@case("f = x^3*y; grad(grad(f, x), y)*x", x=0.7, y=1.2)
def gradient_of_a_gradient(x, y):
    return 3 * x**3


@case("f = sum(sin(x)*x); g = grad(f, x); g @ g", x=[0.7, 1.2])
def gradient_of_a_vector(x):
    g = cos(x) * x + sin(x)
    return g @ g


@case("y = [x[0]*x[1], sin(x[0])]; J = jacobian(y, x); J[0, 0]*J[1, 0] + sum(J^2)", x=[0.7, 1.2])
def jacobian(x):
    a, b = x
    return b * cos(a) + b * b + a * a + cos(a) ** 2


@case("f = x[0]^3*x[1] + exp(x[1]); H = hessian(f, x); H[0, 0]*H[1, 1] - H[0, 1]*H[1, 0]", x=[0.7, 1.2])
def hessian(x):
    a, b = x
    return 6 * a * b * exp(b) - 9 * a**4


@case("tanh''(x)*sigmoid'(x) + sin'(x)", x=0.7)
def derivatives_of_functions_of_the_language(x):
    t, s = tanh(x), sigmoid(x)
    return -2 * t * (1 - t * t) * s * (1 - s) + cos(x)


@case("f(t) = t^3 + a*t; sum(f'(v) + f''(v))", v=[0.7, 1.2], a=2.0)
def slope_element_by_element(v, a):
    return (3 * v * v + a + 6 * v).sum()


@case("y = x; for i in 0..<3 { y = y*stop(x) + sin(x) }; y", x=0.7)
def stop_in_turns(x):
    c = stopped(x)
    y = x
    for _ in range(3):
        y = y * c + sin(x)
    return y


@case("""
    f(t) = t^2
    f'(t) = 3*t
    y = x
    for i in 0..<2 { y = f(y) + x }
    y
    """, x=0.7, expect=(2.1161, [12.067], [[39.54]]))
def derivative_by_hand(x):
    """y1 = x^2 + x = 1.19, y1' = 3x + 1 = 3.1, y1'' = 3; y2 = y1^2 + x, y2' = 3*y1*y1' + 1,
    y2'' = 3*y1'*y1' + 3*y1*y1''."""


@case("y = x^2; z = 3*y + x; grad(z^2, y) + x", x=0.7)
def gradient_in_a_name(x):
    return 2 * (3 * x * x + x) * 3 + x


@case("y = x; for i in 0..<3 { y = y^2 + x }; grad(y, x)", x=0.4)
def gradient_of_a_loop(x):
    y, d = x, 1
    for _ in range(3):
        d = 2 * y * d + 1
        y = y * y + x
    return d


@case("y = x; s = 0; for i in 0..<3 { y = y^2 + z*x; s = s + grad(y, x)*i }; s", x=0.4, z=0.7)
def total_gradient_through_earlier_turns(x, z):
    y, d, s = x, 1, 0
    for i in range(3):
        d = 2 * y * d + z
        y = y * y + z * x
        s = s + d * i
    return s


@case("w = 0.5; for i in 0..<5 { loss = (sin(w*x) - z)^2; w = w - rate*grad(loss, w) }; w", x=1.3, z=0.9, rate=0.2)
def descent(x, z, rate):
    w = Number(0.5)
    for _ in range(5):
        w = w - rate * 2 * (sin(w * x) - z) * cos(w * x) * x
    return w


@case("""
    w = start; v = zeros([2])
    for i in 0..<4 {
      loss = (w[0] - 1)^2 + 3*(w[1] - w[0]^2)^2
      v = m*v - rate*grad(loss, w)
      w = w + v
    }
    (w[0] - 1)^2 + 3*(w[1] - w[0]^2)^2
    """, start=[0.2, -0.3], rate=0.02, m=0.8)
def descent_with_momentum(start, rate, m):
    a, b = start
    p, q = Number(0), Number(0)
    for _ in range(4):
        p, q = (m * p - rate * (2 * (a - 1) - 12 * a * (b - a * a)), m * q - rate * 6 * (b - a * a))
        a, b = a + p, b + q
    return (a - 1) ** 2 + 3 * (b - a * a) ** 2


@case("""
    x = start
    for i in 0..<4 {
      f = exp(x) - s*x
      x = x - grad(f, x)/hessian(f, x)
    }
    x
    """, start=0.4, s=2.5)
def minimum_by_Newton(start, s):
    x = start
    for _ in range(4):
        x = x - (exp(x) - s) / exp(x)
    return x


@case("""
    x = start
    for i in 0..<2 {
      f = exp(x[0] + x[1]) + x[0]^2 + s*x[1]^2
      g = grad(f, x); H = hessian(f, x)
      d = H[0, 0]*H[1, 1] - H[0, 1]^2
      x = x - [H[1, 1]*g[0] - H[0, 1]*g[1], H[0, 0]*g[1] - H[1, 0]*g[0]]/d
    }
    x[0]*x[1]
    """, start=[0.4, -0.6], s=1.5)
def minimum_by_Newton_in_two_dimensions(start, s):
    x, y = start
    for _ in range(2):
        e = exp(x + y)
        g, h = e + 2 * x, e + 2 * s * y
        a, b, c = e + 2, e, e + 2 * s
        d = a * c - b * b
        x, y = x - (c * g - b * h) / d, y - (a * h - b * g) / d
    return x * y


@case("""
    t = [0, 1, 2]; y = [1, 0.5, 0.3]
    p = start
    for i in 0..<2 {
      r = p[0]*exp(-p[1]*t) - y
      J = jacobian(r, p)
      A = J.T @ J; g = J.T @ r
      p = p - [A[1, 1]*g[0] - A[0, 1]*g[1], A[0, 0]*g[1] - A[1, 0]*g[0]]/(A[0, 0]*A[1, 1] - A[0, 1]^2)
    }
    p @ p
    """, start=[0.9, 0.5])
def least_squares_by_Gauss_and_Newton(start):
    y = real([1, 0.5, 0.3])
    p, q = start
    for _ in range(2):
        E = [exp(-q * t) for t in range(3)]
        r = [p * E[t] - y[t] for t in range(3)]
        u, v = E, [-p * t * E[t] for t in range(3)]
        a, b, c = (sum(x * z for x, z in zip(*pair)) for pair in ((u, u), (u, v), (v, v)))
        g, h = sum(x * z for x, z in zip(u, r)), sum(x * z for x, z in zip(v, r))
        d = a * c - b * b
        p, q = p - (c * g - b * h) / d, q - (a * h - b * g) / d
    return p * p + q * q


@case("""
    u(t) = a*sin(w*t + b)
    loss = (u(0) - 1)^2
    for i in 0..<5 { loss = loss + (u''(i/4) + u(i/4) + 0.1*u'(i/4))^2 }
    loss
    """, a=0.9, w=1.1, b=0.7)
def residual_of_an_equation(a, w, b):
    loss = (a * sin(b) - 1) ** 2
    for i in range(5):
        s, c = sin(w * i / 4 + b), cos(w * i / 4 + b)
        loss = loss + (-a * w * w * s + a * s + Number(0.1) * a * w * c) ** 2
    return loss


@case("""
    p(x) = { y = 0; for i in 0..<4 { y = y*x + c*(i + 1) }; y }
    p'(x) + p''(x)*x
    """, x=0.7, c=1.5)
def slope_of_a_function_with_a_loop(x, c):
    return c * (3 * x * x + 4 * x + 3) + c * (6 * x + 4) * x


@case("f(x) = { while x > 1 { x = x/2 + 0.1*x^2/(1 + x^2) }; x^2 }; f'(z)*z", z=5.5)
def slope_of_a_function_with_a_while(z):
    x, d = z, Number(1)
    while x > 1:
        d = d / 2 + Number(0.1) * d * 2 * x / (1 + x * x) ** 2
        x = x / 2 + Number(0.1) * x * x / (1 + x * x)
    return 2 * x * d * z


@case("f(x) = if x > 1 { x^3 } else { -x^2 }; f'(x)*f'(x + 1) + f''(x)", x=0.7)
def slope_of_a_branch(x):
    return -2 * x * 3 * (x + 1) ** 2 - 2


@case("f(x) = { for i in 0..<9 { if x > 3 { return x^2 }; x = x*1.5 }; x }; f'(x)*x", x=0.7)
def slope_of_a_function_with_return(x):
    k = 1.5**4
    return 2 * x * k * k * x


@case("slope(t) = { y = t^3*a; grad(y, t) }; y = x; for i in 0..<2 { y = slope(y) }; y", x=0.7, a=0.5)
def gradient_in_a_function(x, a):
    return 3 * a * (3 * a * x * x) ** 2


@case("""
    train(rate) = {
      w = 0.1
      for i in 0..<4 { loss = (w*w - 2)^2; w = w - rate*grad(loss, w) }
      (w*w - 2)^2
    }
    train(r) + train(2*r)
    """, r=0.02)
def descent_in_a_function(r):
    def train(rate):
        w = Number(0.1)
        for _ in range(4):
            w = w - rate * 4 * w * (w * w - 2)
        return (w * w - 2) ** 2

    return train(r) + train(2 * r)


@case("""
    r = 0.02
    train(rate) = {
      w = a
      for i in 0..<4 { loss = (w*w - 2)^2; w = w - rate*grad(loss, w) }
      (w*w - 2)^2
    }
    for i in 0..<2 { r = r - 0.0001*train'(r) }
    r
    """, a=0.6)
def descent_in_the_rate_of_descent(a):
    r = Number(0.02)
    for _ in range(2):
        w, d = a, Number(0)
        for _ in range(4):
            g, h = 4 * w * (w * w - 2), 12 * w * w - 8
            w, d = w - r * g, d - g - r * h * d
        r = r - Number(0.0001) * 2 * (w * w - 2) * 2 * w * d
    return r


@case("y = x; for i in 0..<3 { if y > 1 { y = y - 0.2*grad(y^3, y) } else { y = y + grad(sin(y), y) } }; y", x=0.7)
def gradients_in_arms(x):
    y = x
    for _ in range(3):
        if y > 1:
            y = y - Number(0.2) * 3 * y * y
        else:
            y = y + cos(y)
    return y


@case("v = x; for i in 0..<3 { f = sum(v^3)/6; v = v - 0.1*hessian(f, v) @ v }; v @ [1, 2]", x=[0.7, -0.4])
def hessian_times_vector(x):
    for _ in range(3):
        x = x - Number(0.1) * x * x
    return x[0] + 2 * x[1]


@case("y = x*2; z = y; for i in 0..<2 { z = z*y }; grad(z, y)*x", x=0.7)
def gradient_in_a_name_through_a_loop(x):
    return 3 * (2 * x) ** 2 * x


@case("w = x; for i in 0..<3 { v = w*w; loss = sin(v); w = w + 0.5*grad(loss, v)*z }; w", x=0.7, z=0.3)
def gradient_in_a_name_of_the_turn(x, z):
    w = x
    for _ in range(3):
        w = w + Number(0.5) * cos(w * w) * z
    return w


@case("w = x; for k in 0..<2 { s = 0; for i in 0..<3 { s = s + sin(w*i)^2 }; w = w - 0.1*grad(s, w) }; w", x=0.7)
def gradient_of_an_inner_loop(x):
    w = x
    for _ in range(2):
        w = w - Number(0.1) * sum(2 * sin(w * i) * cos(w * i) * i for i in range(3))
    return w


@case("a, b = x, z; for i in 0..<3 { f = a^2*b + sin(b); a, b = a - 0.1*grad(f, a), b + 0.1*grad(f, b) }; a*b", x=0.7, z=0.4)
def descent_and_ascent_at_once(x, z):
    a, b = x, z
    for _ in range(3):
        a, b = a - Number(0.1) * 2 * a * b, b + Number(0.1) * (a * a + cos(b))
    return a * b


@case("f(x, y) = x^2*y + sin(y); y = f(u, v); grad(y, u)*grad(y, v)", u=0.7, v=0.4)
def gradient_through_a_function(u, v):
    return 2 * u * v * (u * u + cos(v))


@case("f = x^5; g = f; for i in 0..<3 { g = grad(f*i, x) + g*0.1 }; g", x=0.7)
def gradient_in_the_leaf_in_turns(x):
    g = x**5
    for i in range(3):
        g = 5 * x**4 * i + g * Number(0.1)
    return g
