"""Writes loops.json: small programs of loops, branches and derivatives with their values, gradients
and second derivatives, from translations by hand into Python with 150 digits (precise.py).

    python3 Tests/Reference/loops.py [name]
"""

import importlib
import inspect
import json
import pathlib
import re
import sys

import numpy as np

from precise import *

CASES = []


def case(program, hessian=True, expect=None, data=(), tolerance=1e-12, **values):
    """Adds a program with the values of its leaves: whole numbers are data, others are varied.

    The function below it is its translation. `expect` gives derivatives that are no numbers.
    """

    program = declarations(program, values) + inspect.cleandoc(program)

    def add(f):
        CASES.append(dict(name=f.__name__.replace("_", " ").strip(), f=f, hessian=hessian,
                          program=program, values=values, data=data,
                          expect=expect, tolerance=tolerance))
        return f

    return add


def declarations(program, values):
    """Returns a line for each array that the program does not declare."""
    return "".join(
        f"param {name}: {list(np.shape(x))}\n"
        for name, x in values.items()
        if isinstance(x, list) and not re.search(rf"(param|input) {name}\b", program)
    )


def whole(x):
    return isinstance(x, int) or isinstance(x, list) and len(x) > 0 and all(map(whole, x))


def result(c):
    exacts = {
        name: (np.array(x) if isinstance(x, list) else x) if whole(x) else real(x)
        for name, x in c["values"].items()
    }
    names = [n for n, x in c["values"].items() if not whole(x) and n not in c["data"]]
    if c["expect"] is not None:
        value, gradient, second = c["expect"]
    else:
        value, gradient, second = derivatives(c["f"], exacts, names, c["hessian"])
    entry = {
        "name": c["name"],
        "program": c["program"],
        "arguments": [f"{n}={json.dumps(x)}" for n, x in c["values"].items()],
        "tolerance": c["tolerance"],
        "value": spelled(value),
        "gradient": {},
    }
    at = places(exacts, names)
    for (name, place), x in zip(at, gradient):
        entry["gradient"].setdefault(name, []).append([list(place), spelled(x)])
    if c["hessian"]:
        entry["hessian"] = [
            [p[0], list(p[1]), q[0], list(q[1]), spelled(x)]
            for p, row in zip(at, second)
            for q, x in zip(at, row)
        ]
    return entry


def main():
    for part in ("arrays", "derivatives", "jumps", "meetings", "numbers", "traps"):
        importlib.import_module(f"loops_{part}")

    wanted = sys.argv[1:]
    entries = []
    for c in CASES:
        if wanted and c["name"] not in wanted:
            continue
        try:
            entries.append(result(c))
        except Exception as error:
            raise RuntimeError(c["name"]) from error
    if wanted:
        print(json.dumps(entries, indent=1))
        return
    names = [entry["name"] for entry in entries]
    assert len(names) == len(set(names)), [n for n in names if names.count(n) > 1]
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    path = pathlib.Path(__file__).parent / "loops.json"
    path.write_text('{"runs": [\n' + lines + "\n]}\n")
    print(len(entries), "programs")


if __name__ == "__main__":
    sys.modules["loops"] = sys.modules["__main__"]
    main()
