"""Writes flow-examples.json: the values and derivatives of the examples with loops and with
derivatives in the language, from translations by hand into Python.

Most are computed with 150 digits (precise.py). Those of thousands of turns are computed with the 64
bits of long double, and complex steps: each leaf that is varied has a lane of its own.

    python3 Tests/Reference/flow-examples.py
"""

import json
import pathlib

import numpy as np

from examples import examples, normal
from precise import *

H = np.longdouble("1e-30")


def entry(file, values, f, hessian=False, data=(), arguments=(), tolerance=1e-12):
    """A run of `bpc grad` from 150 digits; whole numbers and data are not varied."""
    exacts = {name: x if isinstance(x, int) else real(x) for name, x in values.items()}
    names = [n for n, x in values.items() if not isinstance(x, int) and n not in data]
    value, gradient, second = derivatives(f, exacts, names, hessian)
    at = places(exacts, names)
    result = {"file": file, "arguments": list(arguments), "value": value, "gradient": {}}
    for (name, place), x in zip(at, gradient):
        result["gradient"].setdefault(name, []).append([list(place), x])
    if hessian:
        result["hessian"] = [
            [p[0], list(p[1]), q[0], list(q[1]), x]
            for p, row in zip(at, second)
            for q, x in zip(at, row)
        ]
    return result | {"tolerance": tolerance}


def lanes(file, values, f, arguments=(), tolerance=1e-12, unit=1.0):
    """A run of `bpc grad` from complex steps, one lane for each of the numbers in values."""
    moved = {}
    for lane, (name, x) in enumerate(values.items()):
        moved[name] = np.full(len(values), np.longdouble(x), dtype=np.clongdouble)
        moved[name][lane] += 1j * H
    result = f(**moved)
    value = float(result.real[0])
    # What a leaf does to the value may be below the rounding: it is left out.
    gradient = {
        n: [[[], float(x)]]
        for n, x in zip(values, result.imag / H)
        if x == 0 or abs(x * values[n] / value) > 1e-12
    }
    return {"file": file, "arguments": list(arguments), "value": value, "gradient": gradient,
            "tolerance": tolerance, "unit": unit}


def ascent_step(a, b, c, h):
    def slope(a, b, c):
        s = sigmoid(c * (a + b))
        d = s * (1 - s)
        return d * c, d * c, d * (a + b)

    u, v, w = slope(a, b, c)
    a, b, c = a + h * u, b + h * v, c + h * w
    return sigmoid(c * (a + b))


def newton_root(s):
    x = Number(1)
    for _ in range(6):
        x = x - (x * x - s) / (2 * x)
    return x


def Runge_Kutta(slope, state, dt, steps):
    for _ in range(steps):
        k1 = slope(*state)
        k2 = slope(*[s + dt / 2 * k for s, k in zip(state, k1)])
        k3 = slope(*[s + dt / 2 * k for s, k in zip(state, k2)])
        k4 = slope(*[s + dt * k for s, k in zip(state, k3)])
        state = [
            s + dt / 6 * (a + 2 * b + 2 * c + d)
            for s, a, b, c, d in zip(state, k1, k2, k3, k4)
        ]
    return state


def lorenz(x, y, z, σ, ρ, β, steps=10000):
    slope = lambda x, y, z: (σ * (y - x), x * (ρ - z) - y, x * y - β * z)
    return Runge_Kutta(slope, (x, y, z), np.longdouble(0.0005), steps)[0]


def oscillator(x, v, ω, ζ, steps=10000):
    slope = lambda x, v: (v, -ω * ω * x - 2 * ζ * ω * v)
    return Runge_Kutta(slope, (x, v), np.longdouble(0.001), steps)[0]


def double_pendulum(start, mass, length):
    g = Number(9.81)
    share = mass[1] / (mass[0] + mass[1])
    ratio = length[1] / length[0]

    def slope(first, second, p, q):
        δ = first - second
        a = -ratio * share * q * q * sin(δ) - g / length[0] * sin(first)
        b = p * p * sin(δ) / ratio - g / length[1] * sin(second)
        u, v = ratio * share * cos(δ), cos(δ) / ratio
        return p, q, (a - u * b) / (1 - u * v), (b - v * a) / (1 - u * v)

    s = Runge_Kutta(slope, list(start), Number(0.005), 400)
    return -length[0] * cos(s[0]) - length[1] * cos(s[1])


BUILDING = {
    "tube_spacing": 0.50292, "tube_diameter": 0.019, "tube_thickness": 0.001588,
    "tube_resistivity": 2.43, "floor_temperature": 33.3, "floor_area": 100, "floor_heat": 0.2,
    "floor_density": 2242.58, "floor_thickness": 0.101, "water_power": 0, "water_temperature": 60,
    "water_flow": 0.0006309, "water_density": 1000, "water_heat": 4180, "tank_temperature": 70,
    "tank_volume": 0.0757082, "tank_heat": 4180, "tank_density": 1000, "tank_mass": 75.708,
}


def building(steps):
    def f(**v):
        dt = np.longdouble(0.1)
        tank, water, floor = v["tank_temperature"], v["water_temperature"], v["floor_temperature"]
        flow = v["water_flow"] * v["water_density"]
        surface = v["floor_area"] / v["tube_spacing"] * np.longdouble(np.pi) * v["tube_diameter"]
        resistance = 10 * v["tube_resistivity"] * v["tube_thickness"] / surface
        tank_mass = v["tank_volume"] * v["tank_density"]
        floor_mass = v["floor_area"] * v["floor_thickness"] * v["floor_density"]
        for _ in range(steps):
            power = (tank - water) * flow * v["water_heat"]
            tank = tank + power * dt / v["tank_heat"] / tank_mass
            water = water + power / v["water_heat"] / flow
            power = (floor - water) / resistance
            water = water + power / v["water_heat"] / flow
            floor = floor - power * dt / v["floor_heat"] / floor_mass
        loss = floor - np.longdouble(27.344767)
        return np.where(loss.real < 0, -loss, loss)

    return f


def kepler(M, ε):
    E = M
    while True:
        step = (E - ε * sin(E) - M) / (1 - ε * cos(E))
        E = E - step
        if abs(step) < 1e-6:
            return E


def pendulum(length, swing):
    a, b = Number(1), cos(swing / 2)
    while abs(a - b) > 1e-7:
        a, b = (a + b) / 2, sqrt(a * b)
    return 2 * mpmath.pi * sqrt(length / 9.81) / a


def bisection(distance, speed, height):
    g = Number(9.81)

    def miss(θ):
        up = speed * sin(θ)
        root = sqrt(up * up + 2 * g * height)
        value = speed * cos(θ) * (up + root) / g - distance
        turn = speed * cos(θ)
        slope = -speed * sin(θ) * (up + root) / g + turn * (turn + up * turn / root) / g
        return value, slope

    low, high = Number(0), Number(np.pi / 5)
    while True:
        θ = (low + high) / 2
        value, slope = miss(θ)
        if abs(value) < 1e-3:
            return θ - value / slope
        if value < 0:
            low = θ
        else:
            high = θ


def collatz(n, halving, tripling, discount):
    cost, weight = 0, 1
    while n != 1:
        n, price = (n // 2, halving) if n % 2 == 0 else (3 * n + 1, tripling)
        cost = cost + weight * price
        weight = weight * discount
    return cost


def gaussian_process(x, y, amplitude, reach, noise):
    """From the determinant and the inverse by Gauss and Jordan, not from Cholesky's factor."""
    n = len(x)
    rows = []
    for i in range(n):
        kernel = [amplitude**2 * exp(-((x[i] - x[j]) ** 2) / (2 * reach**2)) for j in range(n)]
        kernel[i] = kernel[i] + noise**2
        rows.append(kernel + [y[i]])
    determinant = Number(1)
    for k in range(n):
        pivot = rows[k][k]
        determinant = determinant * pivot
        rows[k] = [a / pivot for a in rows[k]]
        for i in range(n):
            if i != k:
                rows[i] = [a - rows[i][k] * b for a, b in zip(rows[i], rows[k])]
    fit = sum(y[i] * rows[i][n] for i in range(n))
    return -0.5 * fit - 0.5 * log(determinant) - n * log(2 * mpmath.pi) / 2


def horner(c, x):
    return c[0] * x**3 + c[1] * x**2 + c[2] * x + c[3]


def power_iteration(A):
    v = real([1, 1, 1])
    for _ in range(60):
        v = A @ v
        v = v / norm(v)
    return v @ A @ v


def lstm(wave, W, U, b, output):
    h, c, loss = zeros(4), zeros(4), 0
    for t in range(9):
        z = W * wave[t] + U @ h + b
        forget, accept, tell = sigmoid(z[:4]), sigmoid(z[4:8]), sigmoid(z[8:12])
        c = forget * c + accept * tanh(z[12:])
        h = tell * tanh(c)
        loss = loss + (output @ h - wave[t + 1]) ** 2
    return loss


def edit_distance(gap, swap, temperature):
    first, second = "kitten", "sitting"
    D = {(i, 0): i * gap for i in range(7)} | {(0, j): j * gap for j in range(8)}
    for i in range(1, 7):
        for j in range(1, 8):
            change = 0 if first[i - 1] == second[j - 1] else swap
            ways = [D[i - 1, j] + gap, D[i, j - 1] + gap, D[i - 1, j - 1] + change]
            D[i, j] = -temperature * logsumexp(*[-way / temperature for way in ways])
    return D[6, 7]


def robust_fit(x, y, slope, level):
    errors = [y[i] - slope * x[i] - level for i in range(6)]
    return sum(error**2 for error in errors if not abs(error) > 2)


def newton_minimum(a, b):
    x, y = Number(-1.2), Number(1)
    for _ in range(8):
        g, h = -2 * (a - x) - 4 * b * x * (y - x * x), 2 * b * (y - x * x)
        p, q, r = 2 - 4 * b * (y - 3 * x * x), -4 * b * x, 2 * b
        d = p * r - q * q
        x, y = x - (r * g - q * h) / d, y - (p * h - q * g) / d
    return y


def curve_fit(t, y):
    p, q = Number(1.5), Number(0.6)
    for _ in range(12):
        u = exp(-q * t)
        r, v = p * u - y, -p * t * u
        a, b, c, g, h = (u * u).sum(), (u * v).sum(), (v * v).sum(), (u * r).sum(), (v * r).sum()
        d = a * c - b * b
        p, q = p - (c * g - b * h) / d, q - (a * h - b * g) / d
    return log(Number(2)) / q


def physics_informed(w, b, v):
    def jet(t):
        s = tanh(w * t + b)
        slope = 1 - s * s
        return (v * s).sum(), (v * w * slope).sum(), (v * w * w * -2 * s * slope).sum()

    u, slope, _ = jet(Number(0))
    loss = (u - 1) ** 2 + slope**2
    for i in range(11):
        u, _, bend = jet(Number(i) / 5)
        loss = loss + (bend + u) ** 2 / 11
    return loss


def learning_rate(x, y, rate, momentum):
    w, v = zeros(3), zeros(3)
    for _ in range(100):
        r = w[0] + w[1] * x + w[2] * x * x - y
        g = np.array([(r * x**k).sum() * 2 / 5 for k in range(3)])
        v = momentum * v - rate * g
        w = w + v
    r = w[0] + w[1] * x + w[2] * x * x - y
    return (r * r).sum() / 5


def lambert(x):
    return Number(mpmath.lambertw(x.value).real)


def quantised(x, y, w):
    used = np.array([w[i] + stopped(Number([0.25, 0.75, 1][i]) - w[i]) for i in range(3)])
    return (tanh(used @ x) - y) ** 2


def trained(epochs):
    """The network of 5, 3, 5 and 4 units after gradient descent, with slopes derived by hand."""
    data = json.loads((examples / "network-5-3-5-4.json").read_text())
    sizes = ["W1", "b1", "W2", "b2", "W3", "b3"]
    flat = np.concatenate([np.ravel(data[name]) for name in sizes]).astype(np.longdouble)
    # Lane 0 is the training itself; lane k varies the number k - 1 of the weights.
    count = len(flat)
    all_lanes = np.tile(flat, (count + 1, 1)).astype(np.clongdouble)
    all_lanes[np.arange(1, count + 1), np.arange(count)] += 1j * H
    if epochs > 1000:
        all_lanes = all_lanes[:1]
    weights, position = {}, 0
    for name in sizes:
        shape = np.shape(data[name])
        size = int(np.prod(shape))
        weights[name] = all_lanes[:, position : position + size].reshape((-1,) + shape)
        position += size
    x, y = np.array(data["x"], dtype=np.longdouble), np.array(data["y"], dtype=np.longdouble)
    times = lambda W, a: (W * a[:, None, :]).sum(axis=2)
    back = lambda W, d: (W * d[:, :, None]).sum(axis=1)
    logistic = lambda z: 1 / (1 + np.exp(-z))

    def forward(w):
        z1 = (w["W1"] * x).sum(axis=2) + w["b1"]
        a1 = np.where(z1.real > 0, z1, np.longdouble(0.1) * z1)
        a2 = logistic(times(w["W2"], a1) + w["b2"])
        return z1, a1, a2, logistic(times(w["W3"], a2) + w["b3"])

    rate = np.longdouble(0.01)
    for _ in range(epochs):
        z1, a1, a2, p = forward(weights)
        d3 = (p - y) / 2 * p * (1 - p)
        d2 = back(weights["W3"], d3) * a2 * (1 - a2)
        d1 = back(weights["W2"], d2) * np.where(z1.real > 0, 1, np.longdouble(0.1))
        slopes = {"W1": d1[:, :, None] * x, "b1": d1, "W2": d2[:, :, None] * a1[:, None, :],
                  "b2": d2, "W3": d3[:, :, None] * a2[:, None, :], "b3": d3}
        weights = {name: weights[name] - rate * slopes[name] for name in sizes}
    p = forward(weights)[3]
    loss = ((p - y) ** 2).sum(axis=1) / 4
    elements = lambda a: [[list(i), float(a[i])] for i in np.ndindex(a.shape)]
    values = {name: elements(weights[name][0].real) for name in sizes}
    result = {
        "file": "network-5-3-5-4-training",
        "arguments": ["--data", "examples/network-5-3-5-4.json", f"epochs={epochs}"],
        "value": float(loss[0].real), "gradient": {}, "tolerance": 1e-12,
        "values": values | {"prediction": elements(p[0].real)},
    }
    slopes = iter(loss[1:].imag / H)
    for name in sizes if len(loss) > 1 else []:
        places = np.ndindex(np.shape(data[name]))
        result["gradient"][name] = [[list(place), float(next(slopes))] for place in places]
    return result


def main():
    n = 4
    runs = [
        entry("ascent-step", {"a": 1.0, "b": -2.0, "c": -3.0, "h": 0.1}, ascent_step),
        *[entry("newton-root", {"s": s}, newton_root, hessian=True, arguments=[f"s={s}"])
          for s in (2.0, 3.0, 0.5)],
        lanes("lorenz", dict(x=1, y=1, z=1, σ=10, ρ=28, β=np.longdouble(8 / 3)), lorenz),
        lanes("oscillator", dict(x=1, v=0, ω=2, ζ=0.05), oscillator),
        entry("double-pendulum", {"start": [1.2, -0.4, 0, 0], "mass": [1, 0.8],
              "length": [1, 0.7]}, double_pendulum),
        # In the long run the floor follows the tank: what the tube does to it is below the rounding.
        *[lanes("building", BUILDING, building(steps), [f"steps={steps}"], tolerance, unit)
          for steps, tolerance, unit in ((20, 1e-12, 1e-9), (1000, 1e-12, 1e-9), (100000, 1e-10, 1e-3))],
        entry("kepler", {"M": 0.8, "ε": 0.6}, kepler, hessian=True),
        entry("pendulum", {"length": 1.0, "swing": 2.0}, pendulum, hessian=True),
        entry("bisection", {"distance": 30.0, "speed": 20.0, "height": 2.0}, bisection,
              hessian=True),
        *[entry("collatz", {"n": start, "halving": 1.0, "tripling": 1.5, "discount": 0.99},
                collatz, hessian=True, arguments=[f"n={start}"]) for start in (27, 1, 8)],
        entry("gaussian-process", {
            "x": [0, 0.4, 1.1, 1.5, 2.3, 3], "y": [0.1, 0.5, 0.9, 0.8, 0.3, -0.4],
            "amplitude": 1.0, "reach": 0.8, "noise": 0.1}, gaussian_process, hessian=True,
            data=("x", "y")),
        entry("horner", {"c": [2, -3, 0.5, 1], "x": 1.5}, horner, hessian=True),
        entry("power-iteration", {"A": [[2, -1, 0], [-1, 3, -1], [0, -1, 4]]}, power_iteration),
        entry("lstm", {
            "wave": [0, 0.48, 0.84, 1, 0.91, 0.6, 0.14, -0.35, -0.76, -0.98],
            "W": normal((4 * n,), 0.5, 1), "U": normal((4 * n, n), 0.5, 2),
            "b": normal((4 * n,), 0.1, 3), "output": normal((n,), 0.5, 4)}, lstm,
            data=("wave",)),
        entry("edit-distance", {"gap": 1.0, "swap": 1.5, "temperature": 0.2}, edit_distance,
              hessian=True),
        entry("robust-fit", {"x": [0, 1, 2, 3, 4, 5], "y": [0.1, 0.9, 2.2, 9, 3.8, 5.1],
              "slope": 0.9, "level": 0.2}, robust_fit, hessian=True, data=("x", "y")),
        entry("newton-minimum", {"a": 1.0, "b": 100.0}, newton_minimum),
        entry("curve-fit", {"t": [0, 0.5, 1, 1.5, 2, 3],
              "y": [2.05, 1.31, 0.9, 0.64, 0.41, 0.2]}, curve_fit, data=("t",)),
        entry("physics-informed", {"w": [0.8, -1.1, 1.4, 0.6], "b": [0.2, 0.7, -0.5, -1],
              "v": [0.5, -0.4, 0.3, 0.9]}, physics_informed, hessian=True),
        entry("learning-rate", {"x": [0.1, 0.4, 0.5, 0.8, 1], "y": [0.3, 0.9, 1, 1.2, 1.1],
              "rate": 0.1, "momentum": 0.6}, learning_rate, hessian=True, data=("x", "y")),
        entry("lambert", {"x": 2.5}, lambert, hessian=True, arguments=["x=2.5"]),
        entry("quantised", {"x": [0.5, -1, 2], "y": 1.3, "w": [0.3, 0.8, 1.1]}, quantised,
              hessian=True, data=("x", "y")),
        trained(100),
        trained(10000),
    ]
    lines = ",\n".join(json.dumps(run, ensure_ascii=False) for run in runs)
    (pathlib.Path(__file__).parent / "flow-examples.json").write_text('{"runs": [\n' + lines + "\n]}\n")


if __name__ == "__main__":
    main()
