"""Random programs of arrays: each statement as text of the language and as jax.numpy."""

import random

import jax
import jax.numpy as jnp
import jax.scipy.special as special
import numpy as np

jax.config.update("jax_enable_x64", True)
nn = jax.nn
NAMES = {"jnp": jnp, "nn": nn, "special": special, "jax": jax, "np": np}

ELEMENTWISE = {
    "abs": "jnp.abs", "sign": "jnp.sign", "floor": "jnp.floor", "ceil": "jnp.ceil",
    "round": "jnp.round", "sqrt": "jnp.sqrt", "cbrt": "jnp.cbrt", "exp": "jnp.exp",
    "exp2": "jnp.exp2", "expm1": "jnp.expm1", "log": "jnp.log", "log2": "jnp.log2",
    "log10": "jnp.log10", "log1p": "jnp.log1p", "sin": "jnp.sin", "cos": "jnp.cos",
    "tan": "jnp.tan", "asin": "jnp.arcsin", "acos": "jnp.arccos", "atan": "jnp.arctan",
    "sinh": "jnp.sinh", "cosh": "jnp.cosh", "tanh": "jnp.tanh", "asinh": "jnp.arcsinh",
    "acosh": "jnp.arccosh", "atanh": "jnp.arctanh", "sigmoid": "nn.sigmoid",
    "logsigmoid": "nn.log_sigmoid", "softplus": "nn.softplus", "relu": "nn.relu",
    "leaky_relu": "nn.leaky_relu", "elu": "nn.elu", "silu": "nn.silu", "erf": "special.erf",
    "erfc": "special.erfc", "lgamma": "special.gammaln", "digamma": "special.digamma",
    "square": "jnp.square", "sinc": "jnp.sinc",
}
BINARY = {
    "+": "({} + {})", "-": "({} - {})", "*": "({} * {})", "/": "({} / {})", "%": "jnp.mod({}, {})",
    "^": "jnp.power(jnp.abs({}), {})", "atan2": "jnp.arctan2({}, {})", "hypot": "jnp.hypot({}, {})",
    "mod": "jnp.mod({}, {})", "fmod": "jnp.fmod({}, {})", "xlogy": "special.xlogy(jnp.abs({}), jnp.abs({}))",
    "max": "jnp.maximum({}, {})", "min": "jnp.minimum({}, {})",
}
REDUCTIONS = {
    "sum": "jnp.sum({}{})", "mean": "jnp.mean({}{})", "prod": "jnp.prod({}{})",
    "max": "jnp.max({}{})", "min": "jnp.min({}{})", "var": "jnp.var({}{})", "std": "jnp.std({}{})",
    "norm": "jnp.sqrt(jnp.sum(jnp.square({}){}))", "logsumexp": "special.logsumexp({}{})",
}
OTHERS = [
    "gelu", "power", "negate", "clamp", "where", "if", "matmul", "transpose", "reshape", "flatten",
    "index", "slice", "gather", "set", "concat", "stack", "literal", "softmax", "log_softmax",
    "cumsum", "dot", "outer", "trace", "diag", "reverse", "mse", "bce", "bce_with_logits",
    "cross_entropy", "classes", "makers", "linspace", "function", "tuple", "ties", "argmax", "freedom",
    "any",
]
OPERATIONS = sorted(
    [("elementwise", name) for name in ELEMENTWISE] + [("binary", name) for name in BINARY]
    + [("reduction", name) for name in REDUCTIONS] + [("other", name) for name in OTHERS])


class Program:
    """A program in both languages with a point at which it is finite and moderate."""

    def __init__(self, seed, size=14):
        self.random = random.Random(seed)
        self.declarations, self.literal_declarations = [], []
        self.text, self.code, self.drawn = [], [], []
        self.values, self.leaves, self.data = {}, [], {}
        self.count = 0
        self.add_leaves()
        for _ in range(size):
            self.add_statement()
        self.finish()

    def add_leaves(self):
        sizes = {"n": self.random.choice([4, 5]), "m": self.random.choice([2, 3])}
        for index in range(self.random.randint(3, 5)):
            rank = index if index < 3 else self.random.randint(0, 3)
            shape = [self.random.choice(["n", "m", 1, 2, 3, 4]) for _ in range(rank)]
            numbers = [sizes.get(size, size) for size in shape]
            generator = np.random.default_rng(self.random.randrange(1 << 30))
            value = np.round(generator.uniform(-2, 2, numbers), 3)
            name = f"x{index}"
            self.declarations.append(self.declaration(name, shape))
            self.literal_declarations.append(self.declaration(name, numbers))
            self.leaves.append(name)
            self.data[name] = value
            self.values[name] = jnp.asarray(value)

    @staticmethod
    def declaration(name, shape):
        return f"param {name}" + (f": [{', '.join(map(str, shape))}]" if shape else "")

    def pick(self, condition=lambda value: True):
        names = [name for name, value in self.values.items() if condition(value)]
        return self.random.choice(names) if names else None

    def of_rank(self, *ranks):
        return self.pick(lambda value: value.ndim in ranks)

    def array(self):
        return self.pick(lambda value: value.ndim > 0)

    def shape(self, name):
        return self.values[name].shape

    def axis(self, name):
        rank = len(self.shape(name))
        return self.random.randrange(-rank, rank)

    def add_statement(self):
        for _ in range(40):
            kind, name = self.random.choice(OPERATIONS)
            try:
                made = getattr(self, kind)(name)
                if made is None:
                    continue
                text, code = made
                with np.errstate(all="ignore"):
                    value = eval(code, {**NAMES, **self.values})
            except (TypeError, ValueError, IndexError, KeyError):
                continue
            if not self.is_moderate(value):
                continue
            return self.define(text, code, value, name)

    @staticmethod
    def is_moderate(value):
        value = np.asarray(value)
        return (value.size <= 200 and value.dtype == np.float64 and value.ndim <= 4
                and bool(np.all(np.isfinite(value))) and bool(np.all(np.abs(value) <= 20))
                and (value.size == 0 or bool(np.min(np.abs(value)) >= 1e-3)))

    def define(self, text, code, value, operation):
        name = f"v{self.count}"
        self.count += 1
        self.text.append(text.replace("@@", name) if "@@" in text else f"{name} = {text}")
        self.code.append((name, code))
        self.values[name] = value
        self.drawn.append(operation)

    def finish(self):
        terms = []
        for name in list(self.values)[-6:] + self.leaves:
            terms.append((f"sum(tanh(0.5*{name}))", f"jnp.sum(jnp.tanh(0.5*{name}))"))
        self.text.append("f = " + " + ".join(text for text, _ in terms))
        self.code.append(("f", " + ".join(code for _, code in terms)))

    def function(self):
        """The program as a function of its leaves."""
        def compute(*arguments):
            values = dict(zip(self.leaves, arguments))
            for name, code in self.code:
                values[name] = eval(code, {**NAMES, **values})
            return values["f"]
        return compute

    # Kinds of operations: each gives a text and its jax.numpy, or None where it does not fit.

    def elementwise(self, name):
        x = self.pick()
        return f"{name}({x})", f"{ELEMENTWISE[name]}({x})"

    def binary(self, name):
        a, b = self.pick(), self.pick()
        code = BINARY[name].format(a, b)
        if name in "+-*/%":
            return f"{a} {name} {b}", code
        if name == "^":
            return f"abs({a})^{b}", code
        return f"{name}(abs({a}), abs({b}))" if name == "xlogy" else f"{name}({a}, {b})", code

    def reduction(self, name):
        x = self.array()
        if self.random.random() < 0.4:
            return f"{name}({x})", REDUCTIONS[name].format(x, "")
        axis = self.axis(x)
        return f"{name}({x}, axis: {axis})", REDUCTIONS[name].format(x, f", axis={axis}")

    def other(self, name):
        return getattr(self, "make_" + name)()

    def make_gelu(self):
        x = self.pick()
        return f"gelu({x})", f"nn.gelu({x}, approximate=False)"

    def make_power(self):
        x, k = self.pick(), self.random.randint(-3, 4)
        return f"{x}^{k}", f"jnp.power({x}, {k})"

    def make_negate(self):
        x = self.pick()
        return f"-{x}", f"-{x}"

    def make_clamp(self):
        x = self.pick()
        return f"clamp({x}, -0.8, 1.1)", f"jnp.clip({x}, -0.8, 1.1)"

    def make_where(self):
        a, b, c, d = self.pick(), self.pick(), self.pick(), self.pick()
        return (f"where({a} < {b} and not {c} > 0.5, {c}, log(abs({d}) + 1))",
                f"jnp.where(({a} < {b}) & ~({c} > 0.5), {c}, jnp.log(jnp.abs({d}) + 1))")

    def make_if(self):
        s, t, a = self.of_rank(0), self.of_rank(0), self.pick()
        b = self.pick(lambda value: value.shape == self.shape(a))
        return (f"if {s} < {t} {{ sin({a}) * {b} }} else {{ {b} - 0.5*{a} }}",
                f"(jnp.sin({a}) * {b} if {s} < {t} else {b} - 0.5*{a})")

    def make_matmul(self):
        a, b = self.array(), self.array()
        left, right = self.random.choice(["", ".T"]), self.random.choice(["", ".T"])
        return f"{a}{left} @ {b}{right}", f"{a}{left} @ {b}{right}"

    def make_transpose(self):
        x = self.array()
        return self.random.choice([f"transpose({x})", f"{x}.T"]), f"jnp.transpose({x})"

    def make_reshape(self):
        x = self.array()
        size = self.values[x].size
        rows = self.random.choice([d for d in range(1, size + 1) if size % d == 0])
        if self.random.random() < 0.3:
            return f"reshape({x}, [1, -1])", f"jnp.reshape({x}, (1, -1))"
        return f"reshape({x}, [{rows}, {size // rows}])", f"jnp.reshape({x}, ({rows}, -1))"

    def make_flatten(self):
        x = self.array()
        return f"reshape({x}, -1)", f"jnp.reshape({x}, -1)"

    def entry(self, size, kind, repeats=True):
        """An entry of an index as text, with the places that it takes and whether it drops the axis."""
        if kind == "all":
            return ":", list(range(size)), False
        if kind == "index":
            place = self.random.randrange(-size, size)
            return str(place), [place % size], True
        if kind == "gather":
            count = self.random.randint(1, size + (1 if repeats else 0))
            places = ([self.random.randrange(size) for _ in range(count)] if repeats
                      else self.random.sample(range(size), min(count, size)))
            written = [p - size if self.random.random() < 0.3 else p for p in places]
            return f"[{', '.join(map(str, written))}]", places, False
        return self.range_entry(size)

    def range_entry(self, size):
        low, high = sorted([self.random.randrange(size), self.random.randrange(size)])
        step = self.random.choice([1, 1, 2, 3])
        places = list(range(low, high + 1, step))
        by = f" by {step}" if step > 1 else ""
        if self.random.random() < 0.4:
            places = list(range(high, low - 1, -step))
            return f"{high}...{low} by {-step}", places, False
        start = low - size if self.random.random() < 0.3 else low
        if self.random.random() < 0.5:
            end = high - size if self.random.random() < 0.3 else high
            return f"{start}...{end}{by}", places, False
        end = high + 1
        if end < size and self.random.random() < 0.3:
            end -= size
        return f"{start}..<{end}{by}", places, False

    def entries(self, x, kinds, repeats=True):
        shape = self.shape(x)
        count = self.random.randint(1, len(shape))
        made = [self.entry(size, self.random.choice(kinds), repeats) for size in shape[:count]]
        rest = [(None, list(range(size)), False) for size in shape[count:]]
        return ", ".join(text for text, _, _ in made), made + rest

    def indexed(self, kinds):
        x = self.array()
        text, entries = self.entries(x, kinds)
        code = x
        for axis, (_, places, drops) in reversed(list(enumerate(entries))):
            where = places[0] if drops else f"jnp.array({places})"
            code = f"jnp.take({code}, {where}, axis={axis})"
        return f"{x}[{text}]", code

    def make_index(self):
        return self.indexed(["all", "index", "index"])

    def make_slice(self):
        return self.indexed(["all", "index", "slice", "slice"])

    def make_gather(self):
        return self.indexed(["all", "index", "slice", "gather", "gather"])

    def make_set(self):
        x, v = self.array(), self.pick()
        text, entries = self.entries(x, ["all", "index", "slice", "gather"], repeats=False)
        whole = [len(places) for _, places, _ in entries]
        kept = [len(places) for _, places, drops in entries if not drops]
        np.broadcast_to(np.zeros(self.shape(v)), kept)
        where = f"np.ix_({', '.join(str(places) for _, places, _ in entries)})"
        value = f"jnp.reshape(jnp.broadcast_to({v}, {kept}), {whole})"
        return f"@@ = {x}; @@[{text}] = {v}", f"{x}.at[{where}].set({value})"

    def joined(self):
        a = self.array()
        others = [self.random.choice([a, self.pick(lambda v: v.ndim == len(self.shape(a)))])
                  for _ in range(self.random.randint(1, 2))]
        return [a] + others

    def make_concat(self):
        parts = self.joined()
        axis, list_ = self.axis(parts[0]), ", ".join(parts)
        return f"concat({list_}, axis: {axis})", f"jnp.concatenate([{list_}], axis={axis})"

    def make_stack(self):
        a = self.pick()
        b = self.pick(lambda value: value.shape == self.shape(a))
        axis = self.random.randint(-len(self.shape(a)) - 1, len(self.shape(a)))
        return f"stack({a}, {b}, {a}, axis: {axis})", f"jnp.stack([{a}, {b}, {a}], axis={axis})"

    def make_literal(self):
        a, b = self.of_rank(0), self.of_rank(0)
        return (f"[[{a}, 2*{b}, 0.5], [1.5, {b}, {a}*{b}]]",
                f"jnp.array([[{a}, 2*{b}, 0.5], [1.5, {b}, {a}*{b}]])")

    def along(self, name, code):
        x = self.array()
        if self.random.random() < 0.3:
            return f"{name}({x})", f"{code}({x}, axis=-1)"
        axis = self.axis(x)
        return f"{name}({x}, axis: {axis})", f"{code}({x}, axis={axis})"

    def make_softmax(self):
        return self.along("softmax", "nn.softmax")

    def make_log_softmax(self):
        return self.along("log_softmax", "nn.log_softmax")

    def make_cumsum(self):
        return self.along("cumsum", "jnp.cumsum")

    def make_freedom(self):
        x, name = self.array(), self.random.choice(["var", "std"])
        axis = self.axis(x)
        return f"{name}({x}, axis: {axis}, ddof: 1)", f"jnp.{name}({x}, axis={axis}, ddof=1)"

    def make_dot(self):
        a, b = self.array(), self.array()
        return f"dot({a}, {b})", f"jnp.sum({a} * {b})"

    def make_outer(self):
        a, b = self.of_rank(1), self.of_rank(1)
        return f"outer({a}, {b})", f"jnp.outer({a}, {b})"

    @staticmethod
    def has_diagonal(value):
        """Whether it is a matrix that is not taller than wide: how tall may be known by data alone."""
        return value.ndim == 2 and value.shape[0] <= value.shape[1]

    def make_trace(self):
        x = self.pick(self.has_diagonal)
        return f"trace({x})", f"jnp.trace({x})"

    def make_diag(self):
        x = self.pick(lambda value: value.ndim == 1 or self.has_diagonal(value))
        if len(self.shape(x)) == 1:
            return f"diag({x}) + 0.5", f"jnp.diag({x}) + 0.5"
        return f"diag({x})", f"jnp.diag({x})"

    def make_reverse(self):
        x = self.array()
        axis = self.axis(x)
        return f"reverse({x}, axis: {axis})", f"jnp.flip({x}, axis={axis})"

    def pair(self):
        return self.pick(), self.pick()

    def make_mse(self):
        a, b = self.pair()
        return f"mse({a}, {b})", f"jnp.mean(jnp.square({a} - {b}))"

    def make_bce(self):
        a, b = self.pair()
        text = self.random.choice(["sigmoid({})", "0.05 + 0.9*sigmoid({})"])
        y, p = f"nn.sigmoid({a})", text.replace("sig", "nn.sig").format(b)
        return (f"bce(sigmoid({a}), {text.format(b)})",
                f"jnp.mean(-({y}*jnp.log({p}) + (1 - {y})*jnp.log1p(-({p}))))")

    def make_bce_with_logits(self):
        a, b = self.pair()
        return (f"bce_with_logits({a}, {b})",
                f"jnp.mean(nn.softplus({b}) - {a}*{b})")

    def make_cross_entropy(self):
        a = self.array()
        b = self.pick(lambda value: value.shape == self.shape(a))
        return (f"cross_entropy({b}, {a})",
                f"-jnp.mean(jnp.sum({b}*nn.log_softmax({a}), axis=-1))")

    def make_classes(self):
        z = self.of_rank(2)
        rows, count = self.shape(z)
        classes = [self.random.randrange(count) for _ in range(rows)]
        return (f"cross_entropy({classes}, {z})",
                f"-jnp.mean(nn.log_softmax({z})[jnp.arange({rows}), jnp.array({classes})])")

    def make_makers(self):
        x = self.array()
        size, shape = self.shape(x)[-1], list(self.shape(x))
        return self.random.choice([
            (f"{x} + 0.5*range(len({x}.T))", f"{x} + 0.5*jnp.arange({size})"),
            (f"{x} @ (eye({size}) + 0.3)", f"{x} @ (jnp.eye({size}) + 0.3)"),
            (f"{x} * (ones({shape}) + zeros({shape}))", f"{x} * 1.0"),
            (f"{x} / size({x}) + fill({shape}, {x}[{', '.join('0' * len(shape))}])",
             f"{x} / {x}.size + {x}[{', '.join('0' * len(shape))}]"),
        ])

    def make_linspace(self):
        a, b, n = self.of_rank(0), self.of_rank(0), self.random.randint(2, 6)
        if a == b:  # equal numbers, which are not quite equal in JAX: argmax would differ
            return None
        return f"linspace({a}, {b}, {n})", f"jnp.linspace({a}, {b}, {n})"

    def make_function(self):
        a, b, name = self.pick(), self.pick(), f"g{self.count}"
        return (f"{name}(p, q) = {{ t = p*q; sum(t) + sin(t) }}; @@ = {name}({a}, {b}) - {name}({b}, {a}*0.5)",
                f"(lambda g: g({a}, {b}) - g({b}, {a}*0.5))(lambda p, q: jnp.sum(p*q) + jnp.sin(p*q))")

    def make_tuple(self):
        a, b, name = self.pick(), self.pick(), f"g{self.count}"
        return (f"{name}(p, q) = (p - q, cos(q)); s, t = {name}({a}, {b}); @@ = s*t",
                f"({a} - {b})*jnp.cos({b})")

    def make_ties(self):
        x, name = self.array(), self.random.choice(["max", "min"])
        axis = self.axis(x)
        return (f"{name}(concat({x}, {x}, axis: {axis}), axis: {axis}) + 0.1*max({x}, {x})",
                f"jnp.{name}(jnp.concatenate([{x}, {x}], axis={axis}), axis={axis}) + 0.1*{x}")

    def make_argmax(self):
        x, name = self.of_rank(1), self.random.choice(["argmax", "argmin"])
        return f"sin({x})[{name}({x})] + {name}({x})*{x}", f"jnp.sin({x})[jnp.{name}({x})] + jnp.{name}({x})*{x}"

    def make_any(self):
        x, name = self.array(), self.random.choice(["any", "all"])
        axis = self.axis(x)
        return (f"where({name}({x} > 0.3, axis: {axis}), sum({x}, axis: {axis}), 0.7)",
                f"jnp.where(jnp.{name}({x} > 0.3, axis={axis}), jnp.sum({x}, axis={axis}), 0.7)")
