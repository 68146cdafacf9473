"""Real numbers with 150 digits, and derivatives as differences of values.

A program is run once as it stands. Further runs, at points moved by 1e-30, take the branches and the
turns of the first: so a difference is the derivative of what ran, also at a place where it switches.
A central difference is then right to about 60 digits. No rule of differentiation has a part in it.
"""

import math

import mpmath
import numpy as np

mpmath.mp.dps = 150
STEP = mpmath.mpf(10) ** -30


class Path:
    """The decisions of the first run, and where the run that is under way stands in them."""

    decisions = []
    position = None
    # How near a comparison of the first run came to its opposite, relative to its operands.
    margin = mpmath.inf


def decide(make):
    """Returns what the first run decided here."""
    if Path.position is None:
        Path.decisions.append(make())
        return Path.decisions[-1]
    Path.position += 1
    return Path.decisions[Path.position - 1]


def exact(x):
    return x.value if isinstance(x, Number) else mpmath.mpf(x)


class Number:
    def __init__(self, value):
        self.value = mpmath.mpf(value)

    def __add__(self, other):
        return apply(lambda a, b: a + b, self, other)

    def __sub__(self, other):
        return apply(lambda a, b: a - b, self, other)

    def __rsub__(self, other):
        return apply(lambda a, b: b - a, self, other)

    def __mul__(self, other):
        return apply(lambda a, b: a * b, self, other)

    def __truediv__(self, other):
        return apply(lambda a, b: a / b, self, other)

    def __rtruediv__(self, other):
        return apply(lambda a, b: b / a, self, other)

    def __pow__(self, other):
        if isinstance(other, int):
            return Number(self.value**other)
        return apply(lambda a, b: a**b, self, other)

    def __rpow__(self, other):
        return apply(lambda a, b: b**a, self, other)

    def __neg__(self):
        return Number(-self.value)

    __radd__, __rmul__ = __add__, __mul__

    def compare(self, other, test):
        def first():
            a, b = self.value, exact(other)
            if a != b:
                Path.margin = min(Path.margin, abs(a - b) / max(abs(a), abs(b)))
            return test(a, b)

        return decide(first)

    def __lt__(self, other):
        return self.compare(other, lambda a, b: a < b)

    def __le__(self, other):
        return self.compare(other, lambda a, b: a <= b)

    def __gt__(self, other):
        return self.compare(other, lambda a, b: a > b)

    def __ge__(self, other):
        return self.compare(other, lambda a, b: a >= b)

    def __eq__(self, other):
        return self.compare(other, lambda a, b: a == b)

    def __ne__(self, other):
        return self.compare(other, lambda a, b: a != b)

    def __abs__(self):
        if self == 0:
            return Number(0)
        return self if self > 0 else -self


def apply(f, self, other):
    if isinstance(other, np.ndarray):
        return NotImplemented
    return Number(f(self.value, exact(other)))


def elementwise(f):
    """Returns f for numbers and for arrays of them."""
    of_number = lambda x: Number(f(exact(x)))
    of_array = np.frompyfunc(of_number, 1, 1)
    return lambda x: of_array(x) if isinstance(x, np.ndarray) else of_number(x)


exp, log, sqrt = elementwise(mpmath.exp), elementwise(mpmath.log), elementwise(mpmath.sqrt)
sin, cos, tan = elementwise(mpmath.sin), elementwise(mpmath.cos), elementwise(mpmath.tan)
tanh, cosh, atan = elementwise(mpmath.tanh), elementwise(mpmath.cosh), elementwise(mpmath.atan)


def sigmoid(x):
    return 1 / (1 + exp(-x))


def softplus(x):
    return log(1 + exp(x))


def stopped(x):
    """Returns x as it is in the first run, which is a constant."""
    return Number(decide(lambda: x.value))


def logsumexp(*terms):
    return log(sum(exp(term) for term in terms))


def softmax(x):
    weights = exp(x)
    return weights / weights.sum()


def norm(x):
    return sqrt((x * x).sum())


def relu(x):
    if isinstance(x, np.ndarray):
        return np.frompyfunc(relu, 1, 1)(x)
    return x if x > 0 else Number(0)


def largest(*terms):
    """The maximum; the derivative is shared among those that tie."""
    best = terms[0]
    for term in terms[1:]:
        best = term if term > best else best
    tied = [term for term in terms if best == term]
    return sum(tied[1:], tied[0]) / len(tied)


def smallest(*terms):
    return -largest(*[-term for term in terms])


def real(x):
    """Returns the doubles of x, a number or nested lists, as arrays of exact numbers."""
    if isinstance(x, (list, np.ndarray)):
        array = np.array(x, dtype=float)
        numbers = np.empty(array.shape, dtype=object)
        for place in np.ndindex(array.shape):
            numbers[place] = Number(array[place])
        return numbers
    return Number(x)


def zeros(*shape):
    return real(np.zeros(shape))


def moved(values, moves):
    """Returns values with steps added at places: (name, place, multiple of the step)."""
    result = {
        name: value.copy() if isinstance(value, np.ndarray) else value
        for name, value in values.items()
    }
    for name, place, multiple in moves:
        if place == ():
            result[name] = result[name] + multiple * STEP
        else:
            result[name][place] = result[name][place] + multiple * STEP
    return result


def run(f, values, moves=()):
    Path.position = 0 if moves else None
    if not moves:
        Path.decisions, Path.margin = [], mpmath.inf
    return exact(f(**moved(values, moves)))


def places(values, names):
    """Returns the names of reals with each of their places, in order."""
    return [
        (name, place)
        for name in names
        for place in np.ndindex(getattr(values[name], "shape", ()))
    ]


def derivatives(f, values, names, hessian):
    """Returns the value of f, its first and, where asked, second derivatives, as doubles."""
    value = run(f, values)
    if Path.margin < 1e-9:
        raise ArithmeticError(f"a comparison is decided by {mpmath.nstr(Path.margin, 3)}")
    entries = places(values, names)
    at = lambda *moves: run(f, values, [(name, place, k) for (name, place), k in moves])
    gradient = [(at((p, 1)) - at((p, -1))) / (2 * STEP) for p in entries]
    second = [
        [
            (at((p, 1), (q, 1)) - at((p, 1), (q, -1)) - at((p, -1), (q, 1)) + at((p, -1), (q, -1)))
            / (4 * STEP**2)
            for q in entries
        ]
        for p in entries
        if hessian
    ]
    return rounded(value), [rounded(x) for x in gradient], [[rounded(x) for x in r] for r in second]


def rounded(x):
    """Returns the nearest double; what is far below a step's share is 0."""
    number = float(x)
    return 0.0 if abs(number) < 1e-25 else number


def spelled(x):
    """Returns x as bpc writes it in JSON."""
    return x if math.isfinite(x) else {math.inf: "inf", -math.inf: "-inf"}.get(x, "NaN")
