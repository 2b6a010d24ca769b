"""Measured error signals of 20 layers at initialization, relative to the last layer."""

import numpy as np

import style

DEPTH, WIDTH, ROWS = 20, 100, 64


def signal_norms(activation, slope, variance: float) -> np.ndarray:
    """Norms of the loss gradient with respect to each layer's output, first to last; `slope` takes that output."""
    rng = np.random.default_rng(0)
    weights = [rng.normal(0, np.sqrt(variance), (WIDTH, WIDTH)) for _ in range(DEPTH)]
    states = [rng.normal(size=(ROWS, WIDTH))]
    for weight in weights:
        states.append(activation(states[-1] @ weight))
    signal, norms = rng.normal(size=(ROWS, WIDTH)), []
    for layer in reversed(range(DEPTH)):
        norms.append(np.linalg.norm(signal))
        signal = (signal * slope(states[layer + 1])) @ weights[layer].T
    return np.array(norms[::-1])


runs = (
    ("ReLU, variance 2/n", lambda z: np.maximum(z, 0), lambda h: (h > 0) * 1.0, 2 / WIDTH, 3.0),
    ("tanh, 1/n", np.tanh, lambda h: 1 - h**2, 1 / WIDTH, 0.015),
    ("ReLU, 1/n", lambda z: np.maximum(z, 0), lambda h: (h > 0) * 1.0, 1 / WIDTH, 5e-5),
    ("sigmoid, 1/n", lambda z: 1 / (1 + np.exp(-z)), lambda h: h * (1 - h), 1 / WIDTH, 2e-11),
)
fig, ax = style.axes()
layers = np.arange(1, DEPTH + 1)
for (name, activation, slope, variance, height), line in zip(runs, style.LINES, strict=True):
    norms = signal_norms(activation, slope, variance)
    ax.semilogy(layers, norms / norms[-1], **line)
    ax.text(6 if "sigmoid" in name else 1, height, name, color=style.INK)
ax.set(
    xlabel="layer, from input to output",
    ylabel="gradient norm / last layer's",
    xticks=[1, 5, 10, 15, 20],
    ylim=(1e-13, 1e2),
)
style.save(fig, __file__)
