"""Measured standard deviation of the activations of 30 ReLU layers under three scales of the initial weights."""

import numpy as np

import style

DEPTH, WIDTH, ROWS = 30, 400, 200


def spread(variance: float) -> np.ndarray:
    """Return the standard deviation of each layer's activations; every scale takes the same draws."""
    rng = np.random.default_rng(0)
    signal, seen = rng.normal(size=(ROWS, WIDTH)), []
    for _ in range(DEPTH):
        signal = np.maximum(signal @ rng.normal(0, np.sqrt(variance), (WIDTH, WIDTH)), 0)
        seen.append(signal.std())
    return np.array(seen)


fig, ax = style.axes()
layers = np.arange(1, DEPTH + 1)
for name, variance, line, height, left in (
    ("fixed deviation 0.1", 0.1**2, style.LINES[1], 700, 3),
    ("He, variance 2/n", 2 / WIDTH, style.LINES[0], 4, 19),
    ("Glorot, variance 1/n", 1 / WIDTH, style.LINES[3], 2.5e-4, 4),
):
    values = spread(variance)
    ax.semilogy(layers, values, **line)
    ax.text(left, height, name, color=line["color"])
ax.set(
    xlabel="layer, from input to output",
    ylabel="st. dev. of activations",
    xticks=[1, 5, 10, 15, 20, 25, 30],
    ylim=(3e-6, 3e5),
)
style.save(fig, __file__)
