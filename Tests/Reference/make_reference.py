"""Writes scalar-functions.tsv: values and partial derivatives of every function of the language.

    python3 make_reference.py [--check]      (needs mpmath and sympy; see README.md)

Ordinary points: the derivative is formed by sympy and evaluated by mpmath with 1,500 digits at the
exact binary value of each argument, then rounded once to double (through Fraction, so subnormal
results are right too). ψ and its derivatives come from mpmath's psi with 120 digits. Edges are
written by hand below, from the table of conventions in docs/Language.md.
--check differentiates every ordinary line again numerically, from mpmath's own functions.
"""

import itertools
import math
import pathlib
import sys
from fractions import Fraction

import mpmath as M
import sympy as S
from mpmath import mp, mpf

mp.dps = 1500
x, y, z = S.symbols("x y z", real=True)
inf, nan = math.inf, math.nan


def nearest(v):
    """The double nearest an mpf; below 1e-1000 it is what 1,500 digits leave of a true 0."""
    if abs(v) < mpf(10) ** -1000:
        return 0.0
    if not isinstance(v, mpf):
        raise TypeError(repr(v))
    if M.isnan(v) or M.isinf(v):
        return float(v)
    sign, man, exp, _ = v._mpf_
    if exp < -6000 and int(man).bit_length() + exp < -1100:
        return -0.0 if sign else 0.0
    f = Fraction(int(man)) * (Fraction(2) ** exp)
    try:
        return float(-f if sign else f)
    except OverflowError:
        return -inf if sign else inf


def text(v):
    v = float(v)
    if math.isnan(v):
        return "nan"
    if math.isinf(v):
        return "inf" if v > 0 else "-inf"
    return repr(v)


def orders(arguments, top):
    every = itertools.product(range(top + 1), repeat=arguments)
    return sorted((o for o in every if sum(o) <= top), key=lambda o: (sum(o), [-k for k in o]))


lines = []   # (name, args, order, value)
checks = []  # (name, args, order, mpf)


def put(name, args, order, value):
    lines.append((name, args, order, value))


compiled = {}


def smooth(name, expr, symbols, points, numeric=None, top=3):
    """Lines for a closed form; `numeric` is an independent function for --check."""
    for args in points:
        args = tuple(float(a) for a in (args if isinstance(args, tuple) else (args,)))
        branch = expr(*args) if callable(expr) else expr
        for o in orders(len(args), top):
            key = (branch, o)
            if key not in compiled:
                e = branch
                for s, k in zip(symbols, o):
                    e = S.diff(e, s, k) if k else e
                compiled[key] = S.lambdify(symbols, e, "mpmath")
            value = mpf(compiled[key](*[mpf(a) for a in args]))
            put(name, args, o, nearest(value))
            if numeric:
                checks.append((name, args, o, value, numeric))


def one(name, expr, points, numeric):
    smooth(name, expr, (x,), points, numeric)


def two(name, expr, points, numeric):
    smooth(name, expr, (x, y), points, numeric)


# ---- ordinary points: elementwise functions of one argument --------------------------------------

one("abs", lambda a: x if a > 0 else -x, [1.5, -2.25, 1e-300, -1e300, 0.1, -7], M.fabs)
for name, f in (("floor", M.floor), ("ceil", M.ceil), ("round", M.nint)):
    points = [0.3, 0.7, -0.3, -0.7, 1.25, -2.6, 1e6 + 0.25, 4503599627370494.5 + 0.25]
    points = [p for p in points if p != math.floor(p) and abs(p - math.floor(p)) != 0.5]
    one(name, lambda a, f=f: S.Integer(int(f(mpf(a)))), points, f)
one("sign", lambda a: S.Integer(1 if a > 0 else -1), [2.5, -2.5, 1e-300, -1e-300, 1e300, -1e300], M.sign)
one("neg", -x, [1.5, -2.25, 1e-300, 1e300, 0.1, -7], lambda a: -a)
one("sqrt", S.sqrt(x), [2, 0.25, 1e-10, 0.7, 3, 1e-100, 1e300, 12345.678], M.sqrt)
one("cbrt", lambda a: S.cbrt(x) if a > 0 else -S.cbrt(-x), [2, -2, 0.125, -27, 1e-10, -1e-30, 1e300, 0.9, -12345.678],
    lambda a: M.cbrt(a) if a > 0 else -M.cbrt(-a))
one("square", x**2, [3, -3, 0.1, -1e-5, 1e100, -123.456, 1e-160], lambda a: a * a)
one("exp", S.exp(x), [0, 1, -1, 0.1, -20, 50, 700, -700, 1e-10, -740], M.exp)
one("exp2", S.Integer(2) ** x, [0, 0.5, -1, 3, -20.3, 50.7, 1000.1, -1000.1, 1e-10], lambda a: M.power(2, a))
one("expm1", S.exp(x) - 1, [1e-10, -1e-10, 0.5, -0.5, 1e-300, 5, -5, -40, 700, 0], M.expm1)
logs = [1, 2, 0.5, 1e-10, 0.999, 1 + 1e-10, 1e300, 1e-300, 10, 3.7]
one("log", S.log(x), logs, M.log)
one("log2", S.log(x) / S.log(2), logs, lambda a: M.log(a, 2))
one("log10", S.log(x) / S.log(10), logs, lambda a: M.log(a, 10))
one("log1p", S.log(1 + x), [1e-10, -1e-10, 0, 0.5, -0.5, 1e-300, -0.999999, 9, 1e10, 1e300], M.log1p)
angles = [0, 0.5, -0.5, 1e-10, 1.5707963267948966, 3.141592653589793, -2.5, 100, 1e6, 1e15]
one("sin", S.sin(x), angles, M.sin)
one("cos", S.cos(x), angles, M.cos)
one("tan", S.tan(x), [0, 0.5, -0.5, 1e-10, 1.5707963267948966, 1.57, 3.141592653589793, -2.5, 100], M.tan)
arcs = [0, 0.5, -0.5, 1e-10, 0.99, 1 - 1e-10, -1 + 1e-10, 1 - 2**-53, 0.1, -0.9]
one("asin", S.asin(x), arcs, M.asin)
one("acos", S.acos(x), arcs, M.acos)
one("atan", S.atan(x), [0, 0.5, -1, 1e-10, 3, -50, 1e5, -1e10, 1e200], M.atan)
one("sinh", S.sinh(x), [0, 1e-10, 0.3, -0.5, 2, -5, 20, -300, 700], M.sinh)
one("cosh", S.cosh(x), [0, 1e-10, 0.3, -0.5, 2, -5, 20, -300, 700], M.cosh)
one("tanh", S.tanh(x), [0, 1e-10, 0.3, -0.5, 2, -5, 20, -20, 300, -370], M.tanh)
one("asinh", S.asinh(x), [0, 1e-10, 0.3, -0.5, 2, -50, 1e10, -1e100, 1e200], M.asinh)
one("acosh", S.acosh(x), [1 + 1e-10, 1 + 2**-52, 1.001, 1.5, 2, 10, 1e10, 1e100, 1e200], M.acosh)
one("atanh", S.atanh(x), [0, 1e-10, 0.3, -0.5, 0.9, -0.99, 1 - 1e-10, -1 + 1e-10, 1 - 2**-53], M.atanh)
tails = [0, 0.5, -0.5, 1e-10, 5, -5, 40, -40, 700, -700]
one("sigmoid", 1 / (1 + S.exp(-x)), tails + [-740], lambda a: (1 + M.tanh(a / 2)) / 2)
one("logsigmoid", -S.log(1 + S.exp(-x)), tails + [800, -800], lambda a: -M.log1p(M.exp(-a)))
one("softplus", S.log(1 + S.exp(x)), tails + [800, -800], lambda a: M.log1p(M.exp(a)))
one("relu", lambda a: x if a > 0 else S.Integer(0), [1.5, -1.5, 1e-300, -1e-300, 1e300, -1e300],
    lambda a: a if a > 0 else mpf(0))
leak = S.Rational(*(0.01).as_integer_ratio())
one("leaky_relu", lambda a: x if a > 0 else leak * x, [1.5, -1.5, 1e-300, -1e-300, 1e300, -3],
    lambda a: a if a > 0 else mpf(0.01) * a)
one("elu", lambda a: x if a > 0 else S.exp(x) - 1, [1.5, -1.5, 1e-10, -1e-10, -40, -0.5, 300, -700],
    lambda a: a if a > 0 else M.expm1(a))
one("gelu", x / 2 * (1 + S.erf(x / S.sqrt(2))), [0, 0.5, -0.5, 1e-10, 3, -3, 8, -8, -20, -37, 40],
    lambda a: a * M.erfc(-a / M.sqrt(2)) / 2)
one("silu", x / (1 + S.exp(-x)), tails, lambda a: a * (1 + M.tanh(a / 2)) / 2)
one("erf", S.erf(x), [0, 1e-10, 0.3, -0.5, 1, -2, 4, 6, -20], lambda a: 1 - M.erfc(a))
one("erfc", 1 - S.erf(x), [0, 1e-10, 0.3, -0.5, 1, -2, 4, 6, 20, 26], M.erfc)
one("sinc", S.sin(S.pi * x) / (S.pi * x), [0.5, -0.5, 1e-10, 1e-3, 0.1, 1, -2, 2.25, 100.5, 1e6 + 0.25],
    lambda a: M.sinc(M.pi * a))


def gamma_family(name, first, points):
    """lgamma is order -1 of polygamma, digamma order 0."""
    with mp.workdps(120):
        for a in points:
            a = float(a)
            v = mpf(a)
            for k in range(4):
                n = first + k
                if n < 0:
                    value = M.log(abs(M.gamma(v))) if v < 1e5 else M.loggamma(v)
                elif v < 0:
                    # ψ⁽ⁿ⁾(v) from the fraction part and 1 - v, by the reflection at both.
                    f = v - M.floor(v)
                    value = M.psi(n, f) + (-1) ** n * (M.psi(n, 1 - v) - M.psi(n, 1 - f))
                else:
                    value = M.psi(n, v)
                put(name, (a,), (k,), nearest(M.re(value)))
                checks.append((name, (a,), (k,), M.re(value), "gamma"))


gamma_family("lgamma", -1, [0.5, 1e-10, 1, 2, 1.4616321449683623, 3.7, 50.5, 1e10, 1e300, -0.5, -2.4570247382208006, -10.25])
gamma_family("digamma", 0, [0.5, 1e-10, 1, 2, 1.4616321449683623, 3.7, 50.5, 1e10, 1e300, -0.5, -2.3, -1000000.25])

# ---- ordinary points: two and more arguments ------------------------------------------------------

two("leaky_relu", lambda a, l: x if a > 0 else x * y, [(1.5, 0.2), (-1.5, 0.2), (-3, 0), (2, 0), (-1e-10, 0.3), (-2, -0.5)],
    lambda a, l: a if a > 0 else a * l)
pairs = [(1.5, 2.25), (-3, 0.1), (1e-10, 7), (1e200, -1e100), (0.1, 0.2), (-12.5, -4), (1e16, 1)]
two("+", x + y, pairs, lambda a, b: a + b)
two("-", x - y, pairs, lambda a, b: a - b)
two("*", x * y, pairs, lambda a, b: a * b)
two("/", x / y, pairs + [(0, 3)], lambda a, b: a / b)
two("pow", x**y, [(2, 3), (2, 0.5), (0.5, -1.5), (3, -2), (10, 0), (1, 7.5), (1e-10, 2.5), (1e10, -3.3), (7.5, 100.25)],
    lambda a, b: M.exp(b * M.log(a)))
two("atan2", S.atan2(x, y), [(1, 2), (1, -2), (-1, -2), (-1, 2), (1, 0), (1e-10, 3), (1e200, 1e200), (-1e200, 1), (3e-200, 4e-200)],
    M.atan2)
two("hypot", S.sqrt(x**2 + y**2), [(3, 4), (-3, 4), (1, 1e-10), (1e200, 1e200), (1e-200, 2e-200), (0, 2), (-5, 0), (1e200, 1), (0.1, -0.7)],
    lambda a, b: M.sqrt(a * a + b * b))
quotients = [(5.5, 2), (-5.5, 2), (5.5, -2), (-5.5, -2), (1, 3), (-1, 3), (1e10, 7.3), (0.3, 0.1)]


def floored(a, b):
    return S.Integer(math.floor(Fraction(a) / Fraction(b)))


def truncated(a, b):
    return S.Integer(math.trunc(Fraction(a) / Fraction(b)))


two("mod", lambda a, b: x - y * floored(a, b), quotients, lambda a, b: a - b * M.floor(a / b))
two("fmod", lambda a, b: x - y * truncated(a, b), quotients,
    lambda a, b: a - b * (M.floor(a / b) if a / b > 0 else M.ceil(a / b)))
two("xlogy", x * S.log(y), [(2, 3), (0, 3), (-1.5, 0.5), (1e-300, 1e-300), (1e-10, 1e10), (5, 1), (0.3, 0.3)],
    lambda a, b: a * M.log(b))
for a, k in [(2, 3), (-2, 3), (-2, -3), (1.5, -7), (3, 10), (1.0000001, 1000000), (-0.5, 2), (7, 1), (-7, 1), (4, 0), (-4, 0), (10, -2), (-1.25, 21)]:
    for n in range(4):
        factor = math.prod(k - i for i in range(n))
        value = factor * mpf(a) ** (k - n) if factor else mpf(0)
        put("ipow", (float(a), k), (n, 0), nearest(value))
smooth("clamp", lambda a, l, h: z if l > h else y if a < l else z if a > h else x, (x, y, z),
       [(0.5, 0, 1), (-1, 0, 1), (2, 0, 1), (-2.5, -3, -2), (1e300, -1, 1e200), (-1e-10, 0, 1), (0.5, 1, 0), (5, 1, 0), (-5, 1, 0)],
       lambda a, l, h: min(max(a, l), h), top=2)
for name, pick in (("min", min), ("max", max)):
    smooth(name, lambda a, b, p=pick: x if p(a, b) == a else y, (x, y),
           [(1, 2), (2, 1), (-1, -2), (1e-300, -1e-300), (1e300, 5)], pick, top=2)
    smooth(name, lambda a, b, c, p=pick: (x, y, z)[[a, b, c].index(p(a, b, c))], (x, y, z),
           [(1, 2, 3), (3, 1, 2), (2, 3, 1), (-1.5, 0, 1.5), (1, 1.0000000000000002, 0.9999999999999999)], pick, top=2)

# ---- edges ------------------------------------------------------------------------------------------

ordinary = lines
lines = []
edges = []  # (reason, lines)


def why(reason):
    edges.append((reason, []))


def edge(name, args, *values, order=None):
    """With `order` one line; otherwise orders 0, 1, 2, … in the first argument."""
    args = args if isinstance(args, tuple) else (args,)
    for k, v in enumerate(values):
        o = order if order is not None else (k,) + (0,) * (len(args) - 1)
        edges[-1][1].append((name, args, o, v))


def partial(name, args, **values):
    """partial("hypot", (0, 0), d00=0, d10=0, …)"""
    for key, v in values.items():
        edges[-1][1].append((name, args, tuple(int(c) for c in key[1:]), v))


why("abs and relu at the kink: derivative 0, at every order")
for f in ("abs", "relu"):
    edge(f, 0.0, 0, 0, 0, 0)
    edge(f, -0.0, 0)
why("sign, floor, ceil, round at the jump: derivative 0, at every order")
edge("sign", 0.0, 0, 0, 0, 0)
for f in ("floor", "ceil", "round"):
    for a in (0.0, 1.0, -3.0):
        edge(f, a, a, 0, 0, 0)
why("round takes a half to the even neighbour; its jumps are at the halves")
for a, v in ((0.5, 0), (1.5, 2), (2.5, 2), (-0.5, -0.0), (-1.5, -2), (-2.5, -2)):
    edge("round", a, v, 0, 0, 0)
edge("round", 0.49999999999999994, 0, 0, 0, 0)
why("leaky_relu at 0: the leak, since the test is x > 0")
edge("leaky_relu", 0.0, 0, 0.01, 0, 0)
partial("leaky_relu", (0.0, 0.2), d00=0, d10=0.2, d01=0, d20=0, d11=1, d02=0)
why("elu at 0: both slopes are 1 (order 2 is left open)")
edge("elu", 0.0, 0, 1)
why("max and min at a tie of two: 1/2 each")
for f in ("max", "min"):
    for t in (0.0, 2.0, -1.5):
        partial(f, (t, t), d00=t, d10=0.5, d01=0.5, d20=0, d11=0, d02=0)
why("max and min of three, a tie of two at the chosen value: 1/2 each, 0 for the other")
partial("max", (3.0, 3.0, 1.0), d000=3, d100=0.5, d010=0.5, d001=0, d200=0, d110=0, d020=0)
partial("max", (1.0, 3.0, 3.0), d000=3, d100=0, d010=0.5, d001=0.5)
partial("max", (3.0, 1.0, 3.0), d000=3, d100=0.5, d010=0, d001=0.5)
partial("min", (1.0, 1.0, 3.0), d000=1, d100=0.5, d010=0.5, d001=0)
partial("min", (3.0, 1.0, 1.0), d000=1, d100=0, d010=0.5, d001=0.5, d020=0, d011=0, d002=0)
partial("min", (1.0, 3.0, 1.0), d000=1, d100=0.5, d010=0, d001=0.5)
why("a tie below the maximum does not matter")
partial("max", (1.0, 1.0, 3.0), d000=3, d100=0, d010=0, d001=1)
partial("min", (3.0, 3.0, 1.0), d000=1, d100=0, d010=0, d001=1)
why("a tie of three: 1/3 each")
for f in ("max", "min"):
    partial(f, (2.0, 2.0, 2.0), d000=2, d100=1 / 3, d010=1 / 3, d001=1 / 3, d200=0, d110=0, d101=0)
why("clamp at a bound: 1 in x inside the closed interval, so 0 in the bound")
partial("clamp", (0.0, 0.0, 1.0), d000=0, d100=1, d010=0, d001=0, d200=0, d110=0, d101=0)
partial("clamp", (1.0, 0.0, 1.0), d000=1, d100=1, d010=0, d001=0, d200=0, d110=0, d101=0)
why("clamp with infinite bounds lets everything through")
partial("clamp", (5.0, -inf, inf), d000=5, d100=1, d010=0, d001=0)
partial("clamp", (-5.0, 0.0, inf), d000=0, d100=0, d010=1, d001=0)
why("sqrt at 0: +inf; the signs above are those of the limit from the right")
edge("sqrt", 0.0, 0, inf, -inf, inf)
why("cbrt at 0: +inf from both sides (order 2 is left open)")
edge("cbrt", 0.0, 0, inf)
why("outside the domain value and derivatives are NaN")
for f, points in (("sqrt", (-1.0, -1e-300, -inf)), ("log", (-1.0, -1e-300, -inf)), ("log2", (-1.0,)), ("log10", (-1.0,)),
                  ("log1p", (-2.0, -1.0000000000000002)), ("asin", (1.5, -1.0000000000000002)), ("acos", (1.5, -1.0000000000000002)),
                  ("acosh", (0.5, -2.0, 0.9999999999999999)), ("atanh", (1.5, -1.0000000000000002)),
                  ("digamma", (-1.0, -2.0)), ):
    for a in points:
        edge(f, a, nan, nan, nan, nan)
why("log at 0: -inf is no NaN, so the plain rule holds: 1/x and its derivatives at +0")
for f in ("log", "log2", "log10"):
    edge(f, 0.0, -inf, inf, -inf, inf)
edge("log1p", -1.0, -inf, inf, -inf, inf)
why("asin, acos, acosh, atanh at the end of the domain: the plain rule")
edge("asin", 1.0, nearest(M.pi / 2), inf, inf, inf)
edge("asin", -1.0, nearest(-M.pi / 2), inf, -inf, inf)
edge("acos", 1.0, 0, -inf, -inf, -inf)
edge("acos", -1.0, nearest(+M.pi), -inf, inf, -inf)
edge("acosh", 1.0, 0, inf, -inf, inf)
edge("atanh", 1.0, inf, inf, inf, inf)
edge("atanh", -1.0, -inf, inf, -inf, inf)
why("lgamma and digamma at 0: the limit from the right (the sign of a zero decides); lgamma at other poles")
edge("lgamma", 0.0, inf, -inf, inf, -inf)
edge("digamma", 0.0, -inf, inf, -inf, inf)
edge("digamma", -0.0, inf)
for a in (-1.0, -2.0, -50.0):
    edge("lgamma", a, inf, nan)
why("sinc at 0 and at a tiny argument: 1, 0, -π²/3, 0; exactly 0 at the other integers")
for a in (0.0,):
    edge("sinc", a, 1, 0, nearest(-M.pi**2 / 3), 0)
for a in (1.0, -2.0, 1e6, 1e17, 1e300):
    edge("sinc", a, 0)
why("a whole constant power: derivative k·x^(k-1); k = 0 gives 1 and 0, also at 0")
for a in (0.0, 3.5, -3.5):
    edge("ipow", (a, 0), 1, 0, 0, 0)
edge("ipow", (-0.0, 0), 1)
edge("ipow", (inf, 0), 1)
edge("ipow", (0.0, 1), 0, 1, 0, 0)
edge("ipow", (0.0, 2), 0, 0, 2, 0)
edge("ipow", (0.0, 3), 0, 0, 0, 6)
edge("ipow", (0.0, 4), 0, 0, 0, 0)
why("a negative whole power at 0: IEEE signs at +0; at -0 the value only")
edge("ipow", (0.0, -1), inf, -inf, inf, -inf)
edge("ipow", (0.0, -2), inf, -inf, inf, -inf)
edge("ipow", (-0.0, -1), -inf)
edge("ipow", (-0.0, -2), inf)
edge("ipow", (-inf, 3), -inf)
edge("ipow", (-inf, -3), -0.0)
edge("ipow", (-1.0, 1000001), -1, 1000001)
why("pow at x = 0, p > 0: 0 in p; in x p·x^(p-1), and a whole p ends the chain with 0")
partial("pow", (0.0, 0.5), d00=0, d10=inf, d20=-inf, d30=inf, d01=0)
partial("pow", (0.0, 1.0), d00=0, d10=1, d20=0, d30=0, d01=0)
partial("pow", (0.0, 1.5), d00=0, d10=0, d20=inf, d30=-inf, d01=0)
partial("pow", (0.0, 2.0), d00=0, d10=0, d20=2, d30=0, d01=0)
partial("pow", (0.0, 2.5), d00=0, d10=0, d20=0, d30=inf, d01=0)
partial("pow", (0.0, 3.0), d00=0, d10=0, d20=0, d30=6, d01=0)
partial("pow", (0.0, 4.0), d00=0, d10=0, d20=0, d30=0, d01=0)
why("pow at x = 0, p = 0: value 1, 0 in x, -inf in p")
partial("pow", (0.0, 0.0), d00=1, d10=0, d20=0, d30=0, d01=-inf)
why("pow at x = 0, p < 0: +inf, -inf in both")
partial("pow", (0.0, -0.5), d00=inf, d10=-inf, d20=inf, d30=-inf, d01=-inf)
partial("pow", (0.0, -2.0), d00=inf, d10=-inf, d20=inf, d30=-inf, d01=-inf)
why("pow of a negative base and a whole real exponent: as for a whole power in x, NaN in p")
partial("pow", (-2.0, 3.0), d00=-8, d10=12, d20=-12, d30=6, d01=nan)
partial("pow", (-2.0, 2.0), d00=4, d10=-4, d20=2, d30=0, d01=nan)
partial("pow", (-2.0, 1.0), d00=-2, d10=1, d20=0, d30=0, d01=nan)
partial("pow", (-2.0, 0.0), d00=1, d10=0, d20=0, d30=0, d01=nan)
partial("pow", (-2.0, -1.0), d00=-0.5, d10=-0.25, d20=-0.25, d30=-0.375, d01=nan)
why("pow of a negative base and another exponent: NaN, and so is every derivative")
partial("pow", (-2.0, 0.5), **{f"d{i}{j}": nan for i, j in orders(2, 3)})
partial("pow", (-0.5, -1.5), **{f"d{i}{j}": nan for i, j in orders(2, 3)})
why("pow with infinities, as IEEE 754 has it")
for a, p, v in ((2, inf, inf), (2, -inf, 0), (0.5, inf, 0), (0.5, -inf, inf), (inf, 2, inf), (inf, -2, 0), (-inf, 3, -inf),
                (-inf, 2, inf), (-inf, -3, -0.0), (inf, 0, 1), (1, inf, 1), (-1, inf, 1), (-0.0, 3, -0.0), (-0.0, -3, -inf), (-0.0, 2, 0)):
    edge("pow", (float(a), float(p)), v)
why("xlogy(0, 0) is 0 with -inf in x and 0 in y")
partial("xlogy", (0.0, 0.0), d00=0, d10=-inf, d01=0)
why("xlogy at y = 0 and outside the domain of log")
partial("xlogy", (2.0, 0.0), d00=-inf, d10=-inf, d01=inf)
partial("xlogy", (2.0, -1.0), d00=nan, d10=nan)
why("atan2(0, 0): the derivatives are NaN (the value is left open)")
partial("atan2", (0.0, 0.0), d10=nan, d01=nan)
why("atan2 on the axes; the sign of a zero picks the side of the cut")
pi2 = nearest(M.pi / 2)
pi1 = nearest(+M.pi)
partial("atan2", (0.0, -1.0), d00=pi1, d10=-1, d01=0)
edge("atan2", (-0.0, -1.0), -pi1)
partial("atan2", (0.0, 2.0), d00=0, d10=0.5, d01=0)
edge("atan2", (inf, 1.0), pi2)
edge("atan2", (-inf, 1.0), -pi2)
edge("atan2", (1.0, inf), 0)
edge("atan2", (1.0, -inf), pi1)
edge("atan2", (inf, inf), nearest(M.pi / 4))
edge("atan2", (inf, -inf), nearest(3 * M.pi / 4))
why("hypot(0, 0): 0, and so are its derivatives (order 2 is left open)")
partial("hypot", (0.0, 0.0), d00=0, d10=0, d01=0)
edge("hypot", (inf, 1.0), inf)
edge("hypot", (-inf, inf), inf)
why("mod follows the sign of the divisor, fmod that of the dividend; at a whole quotient the table's slopes")
for a, b in ((6.0, 3.0), (-6.0, 3.0), (6.0, -3.0), (5.0, 3.0), (-5.0, 3.0), (5.0, -3.0), (-5.0, -3.0), (0.0, 3.0)):
    q, t = math.floor(Fraction(a) / Fraction(b)), math.trunc(Fraction(a) / Fraction(b))
    partial("mod", (a, b), d00=a - b * q, d10=1, d01=-q, d20=0, d11=0, d02=0)
    partial("fmod", (a, b), d00=a - b * t, d10=1, d01=-t, d20=0, d11=0, d02=0)
why("the quotient 1/0.1 rounds to 10 in double, but its floor is 9: value and slope must agree")
for f in ("mod", "fmod"):
    partial(f, (1.0, 0.1), d00=float(Fraction(1) - 9 * Fraction(0.1)), d10=1, d01=-9)
why("a tiny negative dividend: the sum with the divisor rounds to the divisor")
partial("mod", (-1e-20, 3.0), d00=3, d10=1, d01=1)
partial("fmod", (-1e-20, 3.0), d00=-1e-20, d10=1, d01=0)
why("a divisor 0 and an infinite dividend: NaN; fmod by infinity is the dividend")
for f in ("mod", "fmod"):
    for args in ((1.0, 0.0), (0.0, 0.0), (inf, 2.0), (-inf, 2.0)):
        edge(f, args, nan)
edge("fmod", (1.0, inf), 1)
edge("fmod", (-1.0, inf), -1)
why("division by zero, IEEE")
for args, v in (((1.0, 0.0), inf), ((-1.0, 0.0), -inf), ((1.0, -0.0), -inf), ((0.0, 0.0), nan), ((inf, inf), nan), ((1.0, inf), 0), ((inf, 2.0), inf)):
    edge("/", args, v)
why("sums and products with infinities, IEEE")
edge("+", (inf, -inf), nan)
edge("+", (inf, 1.0), inf)
edge("+", (1e308, 1e308), inf)
edge("-", (inf, inf), nan)
edge("*", (0.0, inf), nan)
edge("*", (-2.0, inf), -inf)
why("infinite operands and signed zeros, values only")
for f, at in {
    "abs": {inf: inf, -inf: inf}, "sign": {inf: 1, -inf: -1}, "floor": {inf: inf, -inf: -inf, -0.5: -1}, "ceil": {inf: inf, -inf: -inf, -0.5: -0.0},
    "round": {inf: inf, -inf: -inf, 1e300: 1e300}, "neg": {inf: -inf, -inf: inf, 0.0: -0.0}, "sqrt": {inf: inf, -0.0: -0.0},
    "cbrt": {inf: inf, -inf: -inf, -0.0: -0.0}, "square": {inf: inf, -inf: inf, 1e200: inf, -0.0: 0},
    "exp": {inf: inf, -inf: 0, 710.0: inf, -746.0: 0}, "exp2": {inf: inf, -inf: 0, 1024.0: inf, -1074.0: 5e-324, 10.0: 1024},
    "expm1": {inf: inf, -inf: -1, -0.0: -0.0, 710.0: inf}, "log": {inf: inf, -0.0: -inf, 1.0: 0}, "log2": {inf: inf, 8.0: 3, 5e-324: -1074},
    "log10": {inf: inf, 1000.0: 3}, "log1p": {inf: inf, -0.0: -0.0}, "sin": {inf: nan, -inf: nan, -0.0: -0.0}, "cos": {inf: nan, -0.0: 1},
    "tan": {inf: nan, -0.0: -0.0}, "asin": {inf: nan, -0.0: -0.0}, "acos": {inf: nan}, "atan": {inf: pi2, -inf: -pi2, -0.0: -0.0},
    "sinh": {inf: inf, -inf: -inf, 711.0: inf, -0.0: -0.0}, "cosh": {inf: inf, -inf: inf, 711.0: inf}, "tanh": {inf: 1, -inf: -1, -0.0: -0.0},
    "asinh": {inf: inf, -inf: -inf, -0.0: -0.0}, "acosh": {inf: inf, -inf: nan}, "atanh": {inf: nan, -0.0: -0.0},
    "sigmoid": {inf: 1, -inf: 0, 800.0: 1, -800.0: 0}, "logsigmoid": {inf: 0, -inf: -inf}, "softplus": {inf: inf, -inf: 0},
    "relu": {inf: inf, -inf: 0}, "leaky_relu": {inf: inf, -inf: -inf}, "elu": {inf: inf, -inf: -1}, "gelu": {inf: inf}, "silu": {inf: inf},
    "erf": {inf: 1, -inf: -1, -0.0: -0.0}, "erfc": {inf: 0, -inf: 2, 30.0: 0}, "lgamma": {inf: inf, -inf: inf}, "digamma": {inf: inf, -inf: nan},
    "sinc": {inf: 0, -inf: 0, -0.0: 1},
}.items():
    for a, v in at.items():
        edge(f, a, v)
for f in ("min", "max"):
    edge(f, (-inf, inf), -inf if f == "min" else inf)
why("a NaN operand gives NaN, in every operation")
for f in sorted({l[0] for l in ordinary if len(l[1]) == 1}):
    edge(f, nan, nan)
for f in ("+", "-", "*", "/", "atan2", "mod", "fmod", "max", "min", "hypot", "xlogy"):
    edge(f, (nan, 1.0), nan)
    edge(f, (1.0, nan), nan)
edge("hypot", (inf, nan), nan)
edge("xlogy", (0.0, nan), nan)
edge("*", (0.0, nan), nan)
edge("pow", (nan, 2.0), nan)
edge("pow", (2.0, nan), nan)
edge("ipow", (nan, 2), nan)
for args in ((nan, 0.0, 1.0), (0.5, nan, 1.0), (0.5, 0.0, nan)):
    edge("clamp", args, nan)
for f in ("max", "min"):
    for args in ((nan, 0.0, 1.0), (0.5, nan, 1.0), (0.5, 0.0, nan)):
        edge(f, args, nan)


# ---- writing ----------------------------------------------------------------------------------------


def written(line):
    name, args, order, value = line
    shown = ",".join(str(a) if isinstance(a, int) else text(a) for a in args)
    return "\t".join((name, shown, ",".join(map(str, order)), text(value)))


def check():
    worst = mpf(0)
    for name, args, order, value, numeric in checks:
        total = sum(order)
        if numeric == "gamma":
            # Cauchy's integral over a small circle, from loggamma and psi of a complex argument.
            mp.dps = 50
            v = mpf(args[0])
            if v > 1e6 or v < -50 or total == 0:
                continue
            radius = min(mpf(1), abs(v - M.nint(v)) if v < 1 else mpf(1)) / 4 or mpf(1) / 4
            f = (lambda w: M.log(M.gamma(w) * M.sign(M.re(M.gamma(v))))) if name == "lgamma" else (lambda w: M.psi(0, w))
            count = 96
            roots = [M.expjpi(mpf(2) * k / count) for k in range(count)]
            again = M.fsum(M.re(f(v + radius * r) / r**total) for r in roots) / count * M.factorial(total) / radius**total
        else:
            mp.dps = 1500
            scaled = [mpf(a) if a else mpf(1) for a in args]
            # Differentiated in units of each argument, so that 1e200 and 1e-200 need no special step.
            at = tuple(mpf(1) if a else mpf(0) for a in args)

            def g(*t):
                return mpf(numeric(*[s * u for s, u in zip(scaled, t)]))

            if total == 0:
                again = g(*at)
            elif len(args) == 1:
                again = M.diff(g, at[0], total, h=mpf(10) ** -300)
            else:
                again = mixed(g, at, order)
            for s, k in zip(scaled, order):
                again /= s**k
        size = abs(value) if value else mpf(10) ** -200
        error = abs(again - value) / size
        if error > mpf(10) ** -25:
            print("differs", name, args, order, M.nstr(value, 20), M.nstr(again, 20))
        worst = max(worst, error)
    print("checked", len(checks), "ordinary lines, greatest relative difference", M.nstr(worst, 3))


def mixed(g, at, order):
    """Central differences, one argument after another."""
    h = mpf(10) ** -200
    def along(f, i, k):
        if k == 0:
            return f
        def d(t):
            up, down = list(t), list(t)
            up[i] += h
            down[i] -= h
            return (f(up) - f(down)) / (2 * h)
        return along(d, i, k - 1)
    f = lambda t: g(*t)
    for i, k in enumerate(order):
        f = along(f, i, k)
    return f(list(at))


if "--check" in sys.argv:
    check()

mp.dps = 1500
key = lambda l: (l[0], len(l[1]), [float(a) for a in l[1]], sum(l[2]), [-k for k in l[2]])
with open(pathlib.Path(__file__).with_name("scalar-functions.tsv"), "w", encoding="utf-8") as out:
    print("# Made by make_reference.py: name, arguments, order of each partial derivative, value; tab-separated.", file=out)
    print("# The value is the exact one, at the exact doubles given, rounded once. A zero's sign counts only where -0.0 stands at order 0.", file=out)
    seen = set()
    for line in sorted(ordinary, key=key):
        w = written(line)
        if w not in seen:
            seen.add(w)
            print(w, file=out)
    print("# edges", file=out)
    place = dict((w.rsplit("\t", 1)[0], w) for w in seen)
    for reason, group in edges:
        print("# " + reason, file=out)
        for line in group:
            w = written(line)
            k = w.rsplit("\t", 1)[0]
            assert place.get(k, w) == w, (place[k], w)
            if k not in place:
                place[k] = w
                print(w, file=out)
