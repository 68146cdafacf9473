"""Compares values and gradients of random array programs with JAX in Float64.

    python3 compare.py --bpc PATH [--programs 400] [--seed 1]     (needs jax and numpy; see README.md)
"""

import argparse
import collections
import json
import pathlib
import subprocess
import tempfile

import jax
import numpy as np

from programs import OPERATIONS, Program


def run(bpc, program, declarations, folder):
    """The value and the gradient that bpc prints, or its message."""
    source, data = folder / "program.bp", folder / "data.json"
    source.write_text("\n".join(declarations + program.text) + "\n")
    data.write_text(json.dumps({name: value.tolist() for name, value in program.data.items()}))
    command = [bpc, "grad", source, "--format", "json", "--data", data, "-q"]
    result = subprocess.run(command, capture_output=True, text=True)
    return (json.loads(result.stdout), None) if result.returncode == 0 else (None, result.stderr)


def reference(program):
    """The value and the gradient that JAX gives."""
    places = tuple(range(len(program.leaves)))
    arguments = [program.values[name] for name in program.leaves]
    value, gradient = jax.value_and_grad(program.function(), argnums=places)(*arguments)
    return float(value), [np.asarray(part) for part in gradient]


def error(mine, value, gradient, leaves):
    """The largest difference, relative to the largest number where that is above 1."""
    found = [np.asarray(mine["gradient"][name]) for name in leaves]
    scale = max([1.0, abs(value)] + [np.max(np.abs(part), initial=0) for part in gradient])
    worst = abs(mine["value"] - value)
    for part, other in zip(found, gradient):
        if part.shape != other.shape:
            return float("inf")
        worst = max(worst, np.max(np.abs(part - other), initial=0))
    return float(worst / scale)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bpc", required=True)
    parser.add_argument("--programs", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tolerance", type=float, default=1e-12)
    options = parser.parse_args()
    drawn, worst = collections.Counter(), 0.0
    skipped, unsolved, wrong = 0, 0, 0
    with tempfile.TemporaryDirectory() as name:
        for seed in range(options.seed, options.seed + options.programs):
            program = Program(seed)
            value, gradient = reference(program)
            if not all(np.all(np.isfinite(part)) for part in [value, *gradient]):
                skipped += 1
                continue
            drawn.update(program.drawn)
            folder = pathlib.Path(name)
            mine, message = run(options.bpc, program, program.declarations, folder)
            if mine is None and "elements" in message:
                # A reshape of several unknown sizes asks for more than one equation.
                unsolved += 1
                mine, message = run(options.bpc, program, program.literal_declarations, folder)
            difference = float("inf") if mine is None else error(mine, value, gradient, program.leaves)
            if not difference <= options.tolerance:
                wrong += 1
                print(f"seed {seed}: {message or difference}", *program.declarations, *program.text, "", sep="\n", flush=True)
            else:
                worst = max(worst, difference)
            if seed % 50 == 0:
                jax.clear_caches()
    rare = min((drawn[name], name) for _, name in OPERATIONS)
    print(f"{options.programs} programs from seed {options.seed}: {wrong} differ, {skipped} not finite, "
          f"{unsolved} compared with numbers for symbols, "
          f"worst error {worst:.1e}; rarest {rare[1]}, {rare[0]} times; JAX {jax.__version__}")


if __name__ == "__main__":
    main()
