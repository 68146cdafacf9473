"""Writes optimizers.tsv: where methods of optimisation lead, from their formulas.

The formulas are written down here a second time, in plain Python and from the papers, and with --check
compared with optax (pip install optax), whose code is another one again:

    python3 Tests/Reference/optimizers.py            # writes optimizers.tsv
    python3 Tests/Reference/optimizers.py --check
"""

import math
import pathlib
import sys


def rosenbrock(p):
    x, y = p
    return [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)]


def bowl(p):
    return [1.5 * (p[0] - 2) + 0.25 * p[1], 0.25 * p[0] + 20 * (p[1] + 1)]


OBJECTIVES = {"rosenbrock": (rosenbrock, [-1.2, 1.0]), "bowl": (bowl, [5.0, 3.0])}


def sgd(p, g, state, rate, **_):
    return [a - rate * b for a, b in zip(p, g)]


def momentum(p, g, state, rate, mu, **_):
    state["v"] = [mu * v + b for v, b in zip(state.get("v", [0.0] * len(p)), g)]
    return [a - rate * v for a, v in zip(p, state["v"])]


def nesterov(p, g, state, rate, mu, **_):
    state["v"] = [mu * v + b for v, b in zip(state.get("v", [0.0] * len(p)), g)]
    return [a - rate * (b + mu * v) for a, b, v in zip(p, g, state["v"])]


def rmsprop(p, g, state, rate, alpha, epsilon, **_):
    state["s"] = [
        alpha * s + (1 - alpha) * b * b for s, b in zip(state.get("s", [0.0] * len(p)), g)
    ]
    return [a - rate * b / (math.sqrt(s) + epsilon) for a, b, s in zip(p, g, state["s"])]


def adamw(p, g, state, rate, mu, alpha, epsilon, decay, **_):
    t = state["t"] = state.get("t", 0) + 1
    zeros = [0.0] * len(p)
    m = state["m"] = [mu * m + (1 - mu) * b for m, b in zip(state.get("m", zeros), g)]
    s = state["s"] = [alpha * s + (1 - alpha) * b * b for s, b in zip(state.get("s", zeros), g)]
    p = [a * (1 - rate * decay) for a in p]
    return [
        a - rate * (b / (1 - mu**t)) / (math.sqrt(c / (1 - alpha**t)) + epsilon)
        for a, b, c in zip(p, m, s)
    ]


METHODS = {
    "sgd": sgd, "momentum": momentum, "nesterov": nesterov, "rmsprop": rmsprop, "adam": adamw,
    "adamw": adamw,
}

RUNS = [
    ("sgd", "rosenbrock", 100, dict(rate=0.001)),
    ("sgd", "bowl", 50, dict(rate=0.04)),
    ("momentum", "rosenbrock", 100, dict(rate=0.0002, mu=0.9)),
    ("momentum", "bowl", 60, dict(rate=0.01, mu=0.5)),
    ("nesterov", "rosenbrock", 100, dict(rate=0.0002, mu=0.9)),
    ("nesterov", "bowl", 60, dict(rate=0.01, mu=0.8)),
    ("rmsprop", "rosenbrock", 100, dict(rate=0.001, alpha=0.99, epsilon=1e-8)),
    ("rmsprop", "bowl", 60, dict(rate=0.02, alpha=0.9, epsilon=1e-3)),
    ("adam", "rosenbrock", 100, dict(rate=0.001, mu=0.9, alpha=0.999, epsilon=1e-8, decay=0.0)),
    ("adam", "bowl", 60, dict(rate=0.1, mu=0.8, alpha=0.99, epsilon=1e-7, decay=0.0)),
    ("adamw", "rosenbrock", 100, dict(rate=0.001, mu=0.9, alpha=0.999, epsilon=1e-8, decay=0.01)),
    ("adamw", "bowl", 60, dict(rate=0.1, mu=0.9, alpha=0.999, epsilon=1e-8, decay=0.3)),
]


def trajectory(method, objective, steps, options):
    gradient, p = OBJECTIVES[objective]
    state = {}
    for _ in range(steps):
        p = METHODS[method](p, gradient(p), state, **options)
    return p


def with_optax(method, objective, steps, o):
    import jax
    import jax.numpy as jnp
    import optax

    jax.config.update("jax_enable_x64", True)
    rate = o["rate"]
    rule = {
        "sgd": lambda: optax.sgd(rate),
        "momentum": lambda: optax.sgd(rate, momentum=o["mu"]),
        "nesterov": lambda: optax.sgd(rate, momentum=o["mu"], nesterov=True),
        "rmsprop": lambda: optax.rmsprop(
            rate, decay=o["alpha"], eps=o["epsilon"], eps_in_sqrt=False),
        "adam": lambda: optax.adam(rate, o["mu"], o["alpha"], o["epsilon"]),
        "adamw": lambda: optax.adamw(
            rate, o["mu"], o["alpha"], o["epsilon"], weight_decay=o["decay"]),
    }[method]()
    gradient, start = OBJECTIVES[objective]
    p = jnp.array(start)
    state = rule.init(p)
    for _ in range(steps):
        updates, state = rule.update(jnp.array(gradient(p.tolist())), state, p)
        p = optax.apply_updates(p, updates)
    return p.tolist()


def main():
    lines = ["# method, objective, steps, rate, momentum, smoothing, epsilon, decay, then the parameters"]
    for method, objective, steps, options in RUNS:
        end = trajectory(method, objective, steps, options)
        if "--check" in sys.argv:
            other = with_optax(method, objective, steps, options)
            error = max(abs(a - b) / max(1, abs(b)) for a, b in zip(end, other))
            print(method, objective, "differs from optax by", error)
        numbers = [options.get(k, 0.0) for k in ("rate", "mu", "alpha", "epsilon", "decay")]
        lines.append("\t".join([method, objective, str(steps)] + [repr(x) for x in numbers + end]))
    if "--check" not in sys.argv:
        path = pathlib.Path(__file__).with_name("optimizers.tsv")
        path.write_text("\n".join(lines) + "\n")


main()
