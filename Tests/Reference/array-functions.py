"""Writes array-functions.tsv: values of functions of arrays, computed with NumPy and the math module.

    python3 Tests/Reference/array-functions.py      (needs numpy; see README.md)

A line has a program of the inputs x, y and z, the inputs, and the value. Where a fourth field stands
it is the derivative of the sum of the value with respect to x, from the closed form given below.
"""

import math
import pathlib

import numpy as np

inf, nan = math.inf, math.nan
lines = []


def number(value):
    value = float(value)
    return "nan" if math.isnan(value) else repr(value)


def tensor(value):
    value = np.asarray(value, dtype=float)
    shape = ",".join(map(str, value.shape))
    return f"[{shape}]:" + ",".join(number(part) for part in value.ravel())


def add(program, value, slope=None, **inputs):
    with np.errstate(all="ignore"):
        value = value(*inputs.values()) if callable(value) else value
        slope = slope(*inputs.values()) if callable(slope) else slope
    given = ";".join(
        name + "=" + ("int" if np.asarray(part).dtype == np.int64 else "") + tensor(part)
        for name, part in inputs.items())
    lines.append("\t".join([program, given, tensor(value)] + ([] if slope is None else [tensor(slope)])))


def array(*shape, seed=1):
    return np.round(np.random.default_rng(seed + 17 * len(shape)).uniform(-2, 2, shape), 3)


def along(function):
    """The function of a vector, for an axis or for everything."""
    def compute(x, axis=None):
        x = np.asarray(x, dtype=float)
        return function(x.ravel()) if axis is None else np.apply_along_axis(function, axis, x)
    return compute


@along
def hypotenuse(v):
    return nan if np.isnan(v).any() and not np.isinf(v).any() else math.hypot(*v)


@along
def log_sum_exp(v):
    if np.isnan(v).any():
        return nan
    m = max(v, default=-inf)
    return m if math.isinf(m) else m + math.log(math.fsum(math.exp(t - m) for t in v))


@along
def softmax(v):
    m = max(v, default=-inf)
    if np.isnan(v).any():
        return v * nan
    if m == -inf:
        return v * 0 if len(v) == 0 else np.zeros(len(v))
    parts = [math.exp(t - m) for t in v]
    return np.array(parts) / math.fsum(parts)


@along
def others(v):
    return np.array([math.prod(np.delete(v, i)) for i in range(len(v))])


def shares(extreme):
    def slope(x, axis=None):
        chosen = x == extreme(x, axis=axis, keepdims=True)
        return chosen / np.sum(chosen, axis=axis, keepdims=True)
    return slope


def unit(x, axis=None):
    length = hypotenuse(x, axis)
    whole = length if axis is None else np.expand_dims(length, axis)
    return np.where(whole == 0, 0, x / np.where(whole == 0, 1, whole))


REDUCTIONS = {
    "sum": (np.sum, lambda x, axis=None: np.ones_like(x)),
    "mean": (np.mean, None), "prod": (np.prod, lambda x, axis=None: others(x, axis).reshape(x.shape)),
    "max": (np.max, shares(np.max)), "min": (np.min, shares(np.min)), "var": (np.var, None),
    "std": (np.std, None), "norm": (hypotenuse, unit),
    "logsumexp": (log_sum_exp, lambda x, axis=None: softmax(x, axis).reshape(x.shape)),
    "argmax": (np.argmax, None), "argmin": (np.argmin, None),
}
SHAPES = [(3,), (1,), (2, 3), (3, 1), (2, 3, 2), (1, 1, 4)]

for name, (function, slope) in REDUCTIONS.items():
    for shape in SHAPES:
        x = array(*shape)
        # The derivative is that of the sum, and an index has none.
        add(f"{name}(x)", lambda x: function(x), slope, x=x)
        for axis in range(-len(shape), len(shape)):
            add(f"{name}(x, axis: {axis})", lambda x: function(x, axis=axis),
                slope and (lambda x: slope(x, axis)), x=x)

for name in ["var", "std"]:
    for shape in [(3,), (2, 3)]:
        add(f"{name}(x, ddof: 1)", lambda x: getattr(np, name)(x, ddof=1), x=array(*shape))
        add(f"{name}(x, axis: -1, ddof: 1)", lambda x: getattr(np, name)(x, axis=-1, ddof=1),
            x=array(*shape))
    add(f"{name}(x, ddof: 1)", nan, x=[4.0])

# Ties, zeros, infinities, NaN and numbers without squares.
tie = np.array([[1.0, 3.0, 3.0], [2.0, 2.0, 2.0]])
for name in ["max", "min", "argmax", "argmin"]:
    function, slope = REDUCTIONS[name]
    for axis in [0, 1]:
        add(f"{name}(x, axis: {axis})", lambda x: function(x, axis=axis),
            slope and (lambda x: slope(x, axis)), x=tie)
    for x in [[1.0, nan, 3.0], [nan, 1.0], [1.0, nan], [nan, nan], [-inf, -inf], [inf, 2.0, inf],
              [-0.0, 0.0]]:
        add(f"{name}(x)", lambda x: function(x), x=x)
    add(f"{name}(x, axis: 0)", lambda x: function(x, axis=0), x=np.array([[1.0, nan], [nan, 2.0], [3, 1]]))
for x in [[2.0, 0.0, 3.0], [0.0, 5.0, 0.0], [0.0], [0.0, inf], [1e200, 1e200, 1e-300], [2.0, nan]]:
    add("prod(x)", lambda x: np.prod(x), lambda x: others(x), x=np.array(x))
for x in [[1e300, 1e300], [-1e300, 2e300, 3e300], [1e-300, 2e-300], [5e-324], [0.0, 0.0], [inf, 1.0],
          [-inf, 1.0], [nan, 1.0], [3.0, -4.0], [1e300, 1.0]]:
    add("norm(x)", lambda x: hypotenuse(x), None if not np.isfinite(x).all() else unit, x=np.array(x))
add("norm(x, axis: 0)", lambda x: hypotenuse(x, 0), lambda x: unit(x, 0),
    x=np.array([[1e300, 0.0, 1e-200], [1e300, 0.0, 1e-200]]))
for x in [[1e300, 1.0], [1e300, 1e300], [-1e300, -1e300], [-inf, 1.0], [-inf, -inf], [inf, 1.0],
          [nan, 1.0], [800.0, 799.0], [-800.0, -801.0], [0.0]]:
    known = np.isfinite(x).all() or max(x) < inf
    add("logsumexp(x)", lambda x: log_sum_exp(x), softmax if known else None, x=np.array(x))
    if max(x) < inf:
        add("softmax(x)", lambda x: softmax(x), x=np.array(x))
add("logsumexp(x, axis: 1)", lambda x: log_sum_exp(x, 1), lambda x: softmax(x, 1),
    x=np.array([[-inf, -inf], [0.0, -inf], [1.0, 2.0]]))
add("log_softmax(x)", lambda x: x - log_sum_exp(x), x=np.array([1000.0, 0.0, -1000.0]))
add("std(x)", 1e200, x=np.array([1e200, -1e200]))
add("std(x)", 0.0, slope=[0.0, 0.0], x=np.array([2.0, 2.0]))

# Along an axis.
for shape in [(4,), (2, 3), (2, 1, 3)]:
    x = array(*shape, seed=5)
    add("softmax(x)", lambda x: softmax(x, -1), x=x)
    add("log_softmax(x)", lambda x: x - np.expand_dims(log_sum_exp(x, -1), -1), x=x)
    add("cumsum(x)", lambda x: np.cumsum(x, -1), x=x)
    for axis in range(-len(shape), len(shape)):
        add(f"softmax(x, axis: {axis})", lambda x: softmax(x, axis), x=x)
        add(f"log_softmax(x, axis: {axis})",
            lambda x: x - np.expand_dims(log_sum_exp(x, axis), axis), x=x)
        add(f"cumsum(x, axis: {axis})", lambda x: np.cumsum(x, axis),
            lambda x: np.flip(np.cumsum(np.ones_like(x), axis), axis), x=x)
        add(f"reverse(x, axis: {axis})", lambda x: np.flip(x, axis), x=x)
        add(f"concat(x, y, axis: {axis})", lambda x, y: np.concatenate([x, y], axis), x=x, y=-x)
    for axis in range(-len(shape) - 1, len(shape) + 1):
        add(f"stack(x, y, x, axis: {axis})", lambda x, y: np.stack([x, y, x], axis), x=x, y=2 * x)

# Empty arrays.
empty, no_rows, no_columns = np.zeros(0), np.zeros((0, 3)), np.zeros((2, 0))
for name, value in [("sum", 0), ("prod", 1), ("norm", 0), ("mean", nan), ("var", nan), ("std", nan),
                    ("logsumexp", -inf)]:
    add(f"{name}(x)", value, x=empty)
    add(f"{name}(x, axis: 0)", [value] * 3, x=no_rows)
    add(f"{name}(x, axis: 1)", [], x=no_rows)
    add(f"{name}(x, axis: -1)", [value] * 2, x=no_columns)
add("where(any(x > 0), 1, 0) + where(all(x > 0), 1, 0)*10", 10, x=empty)
add("where(any(x > 0, axis: 0), 1, 2)", [2, 2, 2], x=no_rows)
add("where(all(x > 0, axis: 0), 1, 2)", [1, 1, 1], x=no_rows)
for program, function, inputs in [
    ("concat(x, y)", lambda x, y: np.concatenate([x, y]), {"x": empty, "y": array(2)}),
    ("concat(x, y, axis: 1)", lambda x, y: np.concatenate([x, y], 1), {"x": no_columns, "y": array(2, 2)}),
    ("cumsum(x)", np.cumsum, {"x": empty}), ("softmax(x)", lambda x: x, {"x": empty}),
    ("softmax(x, axis: 0)", lambda x: x, {"x": no_rows}),
    ("x @ y", np.matmul, {"x": no_columns, "y": no_rows}), ("x @ y", np.matmul, {"x": empty, "y": empty}),
    ("x.T @ y", lambda x, y: x.T @ y, {"x": no_columns, "y": array(2, 2)}),
    ("x + y", np.add, {"x": no_rows, "y": array(3)}), ("x * y", np.multiply, {"x": empty, "y": array(1)}),
    ("outer(x, y)", np.outer, {"x": empty, "y": array(2)}), ("x.T", np.transpose, {"x": no_rows}),
    ("reshape(x, [3, 0])", lambda x: x.reshape(3, 0), {"x": no_rows}),
    ("reverse(x)", np.flip, {"x": empty}), ("diag(x)", np.diag, {"x": empty}),
    ("stack(x, x)", lambda x: np.stack([x, x]), {"x": empty}), ("x[2..<2]", lambda x: x[2:2], {"x": array(3)}),
    ("x[3..<3]", lambda x: x[3:3], {"x": array(3)}), ("x[:, 1..<1]", lambda x: x[:, 1:1], {"x": array(2, 3)}),
    ("sum(x[2..<2], axis: 0)", lambda x: 0.0, {"x": array(3)}), ("dot(x, y)", np.dot, {"x": empty, "y": empty}),
]:
    add(program, function, **inputs)

# Indices.
x3, x34, x234 = array(3), array(3, 4), array(2, 3, 4)
for program, function in [
    ("x[0]", lambda x: x[0]), ("x[-1]", lambda x: x[-1]), ("x[1..<3]", lambda x: x[1:3]),
    ("x[0...2 by 2]", lambda x: x[0:3:2]), ("x[2...0 by -1]", lambda x: x[::-1]),
    ("x[2..<0 by -1]", lambda x: x[2:0:-1]), ("x[2...0 by -2]", lambda x: x[::-2]),
    ("x[-2...-1]", lambda x: x[-2:]), ("x[-3..<-1]", lambda x: x[-3:-1]),
    ("x[[0, 0, 2, -1]]", lambda x: x[[0, 0, 2, -1]]), ("x[[[0, 1], [2, 0]]]", lambda x: x[[[0, 1], [2, 0]]]),
    ("x[range(2)]", lambda x: x[[0, 1]]), ("x[0..<3 by 5]", lambda x: x[0:3:5]),
]:
    add(program, function, x=x3)
    add(program, function, x=x34)
    add(program, function, x=array(3, 1, 2))
for program, function in [
    ("x[:, 0]", lambda x: x[:, 0]), ("x[1, 2]", lambda x: x[1, 2]), ("x[:, 1..<3]", lambda x: x[:, 1:3]),
    ("x[-1, :]", lambda x: x[-1]), ("x[0..<2, [3, 0, 0]]", lambda x: x[0:2][:, [3, 0, 0]]),
    ("x[[0, 2], [1, 3]]", lambda x: x[np.ix_([0, 2], [1, 3])]), ("x[[2, 0], -1]", lambda x: x[[2, 0], -1]),
    ("x[:, 3...0 by -2]", lambda x: x[:, 3::-2]), ("x.T[1]", lambda x: x[:, 1]),
    ("x[argmax(x, axis: 0), 0]", lambda x: x[np.argmax(x, 0), 0]),
]:
    add(program, function, x=x34)
for program, function in [
    ("x[1, :, 2]", lambda x: x[1, :, 2]), ("x[:, 1]", lambda x: x[:, 1]), ("x[:, [2, 0], 1]", lambda x: x[:, [2, 0], 1]),
    ("x[:, [2, 0, 0], [3, 1]]", lambda x: x[:, [2, 0, 0]][:, :, [3, 1]]), ("x[-1, 0..<2, -2]", lambda x: x[-1, 0:2, -2]),
    ("x[:, :, [[0, 1], [2, 3]]]", lambda x: x[:, :, [[0, 1], [2, 3]]]),
]:
    add(program, function, x=x234)


def assigned(where):
    def compute(x, y):
        x = np.array(x)
        x[where] = y
        return x
    return compute


for index, where, y in [
    ("0", 0, 5.0), ("-1", -1, 5.0), ("1..<3", slice(1, 3), 7.0), ("2...0 by -2", slice(2, None, -2), [1.0, 2.0]),
    ("[2, 0]", [2, 0], [8.0, 9.0]), ("[0, 2, 0]", [0, 2, 0], [8.0, 9.0, 10.0]), (":", slice(None), [1.0, 2.0, 3.0]),
    ("1..<1", slice(1, 1), 7.0),
]:
    add(f"z = x; z[{index}] = y; z + 0", assigned(where), x=x3, y=y)
for index, where, y in [
    ("1", 1, array(4)), ("1", 1, 3.0), (":, 2", (slice(None), 2), array(3)), ("0, 1", (0, 1), 2.0),
    ("0..<2, 1..<3", (slice(0, 2), slice(1, 3)), array(2)), ("[0, 2], 1", ([0, 2], 1), [5.0, 6.0]),
    (":, [3, 0]", (slice(None), [3, 0]), array(3, 1)), ("[0, 2], [1, 3]", np.ix_([0, 2], [1, 3]), array(2, 2)),
    ("[0, 0], [1, 1]", np.ix_([0, 0], [1, 1]), array(2, 2)), ("-1, ::", None, None),
]:
    if where is not None:
        add(f"z = x; z[{index}] = y; z + 0", assigned(where), x=x34, y=y)
add("x[y]", lambda x, y: x[y], x=x3, y=np.array([2, -1, 0, 0]))
add("x[y, 1]", lambda x, y: x[y, 1], x=x34, y=np.array([2, -3]))

# Products.
PAIRS = [((3,), (3,)), ((2, 3), (3,)), ((2,), (2, 3)), ((2, 3), (3, 4)), ((5, 2, 3), (3, 4)), ((2, 3), (5, 3, 2)),
         ((5, 2, 3), (5, 3, 4)), ((1, 2, 3), (5, 3, 4)), ((5, 1, 2, 3), (4, 3, 2)), ((3,), (2, 3, 4)),
         ((2, 4, 3), (3,)), ((1, 1), (1, 1)), ((4, 1), (1, 4)), ((17, 33), (33, 9)), ((40, 64), (64, 24))]
for a, b in PAIRS:
    add("x @ y", np.matmul, x=array(*a), y=array(*b, seed=2))
    if len(a) == len(b) == 2:
        add("x.T @ y", lambda x, y: x.T @ y, x=array(*a[::-1]), y=array(*b, seed=2))
        add("x @ y.T", lambda x, y: x @ y.T, x=array(*a), y=array(*b[::-1], seed=2))
        add("x.T @ y.T", lambda x, y: x.T @ y.T, x=array(*a[::-1]), y=array(*b[::-1], seed=2))
add("outer(x, y)", np.outer, x=x3, y=array(2))
add("dot(x, y)", lambda x, y: np.sum(x * y), x=x34, y=array(3, 4, seed=3))
for shape in [(3, 3), (2, 4), (4, 2), (1, 3)]:
    add("trace(x)", np.trace, x=array(*shape))
    add("diag(x)", np.diag, x=array(*shape))
add("diag(x)", np.diag, x=x3)
add("eye(3) * x", lambda x: np.eye(3) * x, x=x3)

# Broadcasting and forms.
for a, b in [((3, 1), (4,)), ((1,), (3,)), ((2, 1, 4), (3, 1)), ((), (2, 2)), ((2, 3), ()), ((1, 1), (2,))]:
    for sign, function in [("+", np.add), ("-", np.subtract), ("*", np.multiply), ("/", np.divide), ("%", np.mod)]:
        add(f"x {sign} y", function, x=array(*a), y=array(*b, seed=4))
    add("where(x < y, x, y^2)", lambda x, y: np.where(x < y, x, y**2), x=array(*a), y=array(*b, seed=4))
    add("max(x, y, 0.5)", lambda x, y: np.maximum(np.maximum(x, y), 0.5), x=array(*a), y=array(*b, seed=4))
for shape in ["[6, 4]", "[-1]", "[2, -1, 2]", "-1", "[4, 3, 2]", "[1, 24, 1]", "24"]:
    add(f"reshape(x, {shape})", lambda x: x.reshape(eval(shape)), x=x234)
for shape in [(3,), (3, 4), (2, 3, 4)]:
    add("x.T", np.transpose, x=array(*shape))
    add("transpose(x)", np.transpose, x=array(*shape))
    add("len(x) + 10*size(x) + 1000*size(x, axis: -1)", lambda x: len(x) + 10 * x.size + 1000 * x.shape[-1],
        x=array(*shape))

# Makers.
for n in [0, 1, 2, 3, 5, 6]:
    add(f"linspace(x, y, {n})", lambda x, y: np.linspace(x, y, n), x=-1.5, y=2.25)
    add(f"linspace(x, y, {n})", lambda x, y: np.linspace(x, y, n), x=3.0, y=3.0)
    add(f"x*range({n})", lambda x: x * np.arange(n), x=2.0)
for a, b in [(2, 5), (5, 2), (0, 0), (-2, 1)]:
    add(f"x*range({a}, {b})", lambda x: x * np.arange(a, b), x=2.0)
add("fill([2, 3], x)", lambda x: np.full((2, 3), x), x=1.5)
add("x*ones([2, 1]) + zeros(3)", lambda x: np.full((2, 3), x), x=1.5)

# Losses.
p = np.array([0.0, 1.0, 0.25])
y3 = np.array([0.0, 1.0, 0.5])


def bce(x, y):
    terms = [(-t * math.log(q) if t else 0) + (-(1 - t) * math.log1p(-q) if t < 1 else 0) for t, q in zip(x, y)]
    return math.fsum(terms) / len(terms)


add("bce(x, y)", bce, x=y3, y=p)
add("bce(x, y)", inf, x=np.array([1.0]), y=np.array([0.0]))
add("bce(x, y)", inf, x=np.array([0.0]), y=np.array([1.0]))
add("mse(x, y)", lambda x, y: np.mean((x - y) ** 2), x=x34, y=array(4))
add("bce_with_logits(x, y)", lambda x, y: np.mean(np.logaddexp(0, y) - x * y), x=y3, y=np.array([-800.0, 800.0, 0.3]))
add("bce_with_logits(x, y)", lambda x, y: np.mean(np.logaddexp(0, y) - x * y), x=y3, y=np.array([800.0, -800.0, 2.0]))
logits = array(3, 4, seed=9)


def cross_entropy(x, y):
    return -np.mean(np.sum(x * (y - log_sum_exp(y, -1)[..., None]), -1))


add("cross_entropy(x, y)", cross_entropy, x=softmax(array(3, 4), -1), y=logits)
add("cross_entropy(x, y)", cross_entropy, x=softmax(array(2, 3, 4), -1), y=array(2, 3, 4, seed=9))
add("cross_entropy(x, y)", lambda x, y: cross_entropy(np.eye(4)[x], y), x=np.array([3, 0, 2]), y=logits)
add("cross_entropy(x, y)", lambda x, y: cross_entropy(np.eye(4)[x], y), x=np.array([[3, 0], [2, 1]]),
    y=array(2, 2, 4))
add("cross_entropy(x, y)", lambda x, y: -(y[x] - log_sum_exp(y)), x=np.array(2), y=array(4))
add("cross_entropy(x, y)", 0.0, x=np.array([0]), y=np.array([[1000.0, -1000.0]]))

head = "# Made by array-functions.py: program, inputs, value, and where it stands the derivative in x.\n"
path = pathlib.Path(__file__).with_name("array-functions.tsv")
path.write_text(head + "\n".join(lines) + "\n")
print(len(lines), "lines")
