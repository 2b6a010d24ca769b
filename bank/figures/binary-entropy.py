"""Entropy of a coin, and the cross-entropy of a forecast of 0.5 or 0.9 for it: never below the entropy."""

import numpy as np

import style

p = np.linspace(0.001, 0.999, 400)


def cross_entropy(q: float) -> np.ndarray:
    """Expected surprise in bits, if the coin has probability p and the forecast says q."""
    return -p * np.log2(q) - (1 - p) * np.log2(1 - q)


fig, ax = style.axes()
ax.plot(p, -p * np.log2(p) - (1 - p) * np.log2(1 - p), **style.LINES[0])
ax.plot(p, cross_entropy(0.9), **style.LINES[1])
ax.plot(p, cross_entropy(0.5), **style.LINES[3])
ax.text(0.32, 0.58, "entropy", color=style.BLUE, rotation=0)
ax.text(0.42, 2.2, "cross-entropy of forecast 0.9", color=style.ORANGE)
ax.text(0.02, 1.11, "cross-entropy of forecast 0.5", color=style.INK)
ax.plot(0.9, 0.469, marker="o", markersize=4, color=style.INK, zorder=3)
ax.annotate(
    "they touch where\nthe forecast is right", (0.9, 0.469), xytext=(0.66, 0.12), ha="center", arrowprops=style.LEADER
)
ax.set(xlim=(0, 1), ylim=(0, 2.6), xlabel="probability of heads", ylabel="bits", xticks=[0, 0.5, 0.9, 1])
style.save(fig, __file__)
