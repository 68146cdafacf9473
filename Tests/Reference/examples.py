"""Writes examples.json: the values and gradients of the examples with arrays, computed with NumPy.

Gradients are complex steps (Squire, Trapp: Using complex variables to estimate derivatives of real
functions, 1998): the imaginary part of f(x + ih) / h, which has no cancellation.

    python3 Tests/Reference/examples.py
"""

import json
import pathlib

import numpy as np

here = pathlib.Path(__file__).parent
examples = here.parent.parent / "examples"


def mixed(z):
    """The finalizer of SplitMix64."""
    mask = (1 << 64) - 1
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & mask
    z = (z ^ z >> 27) * 0x94D049BB133111EB & mask
    return z ^ z >> 31


def uniform(seed, index):
    mask = (1 << 64) - 1
    golden = 0x9E3779B97F4A7C15
    start = mixed(seed + golden & mask)
    return (mixed(start + (index + 1) * golden & mask) >> 11) * 2.0**-53


def normal(shape, std, seed):
    count = int(np.prod(shape))
    draws = np.array([uniform(seed, index) for index in range(2 * count)])
    radius = np.sqrt(-2 * np.log1p(-draws[0::2]))
    return std * (radius * np.cos(2 * np.pi * draws[1::2])).reshape(shape)


def relu(x):
    return np.where(x.real > 0, x, 0)


def leaky(x):
    return np.where(x.real > 0, x, 0.1 * x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softplus(x):
    return np.log(1 + np.exp(x))


def log_softmax(z):
    shifted = z - z.real.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def bce(y, p):
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def network321(v):
    z1 = v["W1"] @ v["x"] + v["b1"]
    return bce(v["label"], sigmoid(v["W2"] @ relu(z1) + v["b2"]))


def network5354(v):
    a1 = leaky(v["W1"] @ v["x"] + v["b1"])
    a2 = sigmoid(v["W2"] @ a1 + v["b2"])
    return np.mean((sigmoid(v["W3"] @ a2 + v["b3"]) - v["y"]) ** 2)


def regression(v):
    rows = log_softmax(v["X"] @ v["W"] + v["b"])
    return -np.mean(rows[np.arange(5), v["class"].real.astype(int)])


def layer_norm(v):
    x = v["X"]
    centered = x - x.mean(axis=1, keepdims=True)
    deviation = np.sqrt((centered**2).mean(axis=1, keepdims=True) + 1e-5)
    return np.mean((centered / deviation * v["scale"] + v["shift"] - v["target"]) ** 2)


def attention(v):
    q, k, values = v["X"] @ v["Wq"], v["X"] @ v["Wk"], v["X"] @ v["Wv"]
    weights = np.exp(log_softmax(q @ k.T / np.sqrt(8)))
    return np.mean((weights @ values - v["target"]) ** 2)


def mixture(v):
    scaled = (v["points"][:, None, :] - v["means"]) / np.exp(v["log_deviations"])
    density = -0.5 * (scaled**2).sum(axis=2) - v["log_deviations"].sum(axis=1)
    terms = log_softmax(v["logits"]) + density - np.log(2 * np.pi)
    largest = terms.real.max(axis=1, keepdims=True)
    return np.sum(largest[:, 0] + np.log(np.exp(terms - largest).sum(axis=1)))


def perceptron(v):
    z = relu(v["X"] @ v["W1"] + v["b1"]) @ v["W2"] + v["b2"]
    return -np.mean(log_softmax(z)[np.arange(len(z)), v["y"].real.astype(int)])


def derivative(f, values, name, index):
    moved = {key: np.array(value, dtype=complex) for key, value in values.items()}
    moved[name][index] += 1e-30j
    return f(moved).imag / 1e-30


def entry(file, f, values, arguments, names):
    """A run of `bpc grad`; of arrays with more than 200 elements some elements."""
    values = {key: np.array(value, dtype=float) for key, value in values.items()}
    gradient = {}
    for name in names:
        places = list(np.ndindex(values[name].shape))
        places = places if len(places) <= 200 else places[:: len(places) // 100]
        gradient[name] = [[list(place), derivative(f, values, name, place)] for place in places]
    value = float(f({key: np.array(value, dtype=complex) for key, value in values.items()}).real)
    return {"file": file, "arguments": arguments, "value": value, "gradient": gradient}


def update(values, f, names, rate):
    """One step of gradient descent."""
    moved = dict(values)
    for name in names:
        old = np.array(values[name], dtype=float)
        slope = np.zeros_like(old)
        for place in np.ndindex(old.shape):
            slope[place] = derivative(f, values, name, place)
        moved[name] = old - rate * slope
    return moved


def bound(values):
    return [f"{name}={json.dumps(np.array(value).tolist())}" for name, value in values.items()]


def main():
    small = {
        "x": [1, 0.5, -1.5],
        "label": [1],
        "W1": [[0.2, -0.4, 0.1], [0.7, 0.3, -0.5]],
        "b1": [0.1, -0.2],
        "W2": [[0.5, -1]],
        "b2": 0.2,
    }
    columns = dict(small, x=[[1], [0.5], [-1.5]], label=[[1]], b1=[[0.1], [-0.2]], b2=[[0.2]])
    weights = ["W1", "b1", "W2", "b2"]
    after = update(small, network321, weights, 0.1)
    changed = {name: after[name] for name in weights}
    data = json.loads((examples / "network-5-3-5-4.json").read_text())
    layers = ["W1", "b1", "W2", "b2", "W3", "b3"]
    flowers = {
        "X": [[5.1, 3.5, 1.4, 0.2], [4.9, 3, 1.4, 0.2], [7, 3.2, 4.7, 1.4], [6.4, 3.2, 4.5, 1.5],
              [6.3, 3.3, 6, 2.5]],
        "class": [0, 0, 1, 1, 2],
        "W": [[0.1, -0.2, 0.3], [0.2, 0.1, -0.1], [-0.3, 0.2, 0.2], [-0.1, -0.1, 0.4]],
        "b": [0.1, 0, -0.1],
    }
    rows = {
        "X": [[1, 2, 4, 7], [0.5, -1, 0.25, 3], [-2, -2.5, 1, 0]],
        "target": [[0, 0, 1, 1], [0, -1, 0, 1], [-1, -1, 1, 1]],
        "scale": np.ones(4),
        "shift": np.zeros(4),
    }
    tokens = {
        "X": normal((4, 8), 1, 1),
        "target": normal((4, 8), 1, 2),
        "Wq": normal((8, 8), 0.3, 3),
        "Wk": normal((8, 8), 0.3, 4),
        "Wv": normal((8, 8), 0.3, 5),
    }
    points = {
        "points": [[0.1, -0.2], [1.8, 1.3], [-0.7, 2.5], [0.5, 0.5], [3, -1]],
        "logits": [0, 0.5, -0.5],
        "means": [[0, 0], [2, 1], [-1, 3]],
        "log_deviations": [[0, 0.1], [-0.3, 0.2], [0.4, -0.2]],
    }
    images = json.loads((examples / "perceptron.json").read_text())
    images.update(
        W1=normal((784, 128), 0.05, 1), b1=np.zeros(128), W2=normal((128, 10), 0.05, 2),
        b2=np.zeros(10))
    runs = [
        entry("network-3-2-1", network321, small, [], weights),
        entry("network-3-2-1", network321, dict(small, **changed), bound(changed), weights),
        entry("network-3-2-1-columns", network321, columns, [], weights),
        entry("network-5-3-5-4", network5354, data,
              ["--data", "examples/network-5-3-5-4.json"], layers),
        entry("softmax-regression", regression, flowers, [], ["W", "b"]),
        entry("layer-norm", layer_norm, rows, [], ["scale", "shift"]),
        entry("attention", attention, tokens, [], ["Wq", "Wk", "Wv"]),
        entry("gaussian-mixture", mixture, points, bound({"points": points["points"]}),
              ["logits", "means", "log_deviations"]),
        entry("perceptron", perceptron, images, ["--data", "examples/perceptron.json"],
              ["W1", "b1", "W2", "b2"]),
    ]
    (here / "examples.json").write_text(json.dumps({"runs": runs}, indent=1) + "\n")


if __name__ == "__main__":
    main()
