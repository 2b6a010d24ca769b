"""The inputs of one unit over a batch, before and after batch normalization, and with a learned scale and shift."""

import numpy as np

import style

x = np.linspace(-8, 16, 400)


def density(mean: float, deviation: float) -> np.ndarray:
    """The normal density at the points of the axis."""
    return np.exp(-0.5 * ((x - mean) / deviation) ** 2) / (deviation * np.sqrt(2 * np.pi))


fig, ax = style.axes()
ax.plot(x, density(6, 3), **style.LINES[1])
ax.plot(x, density(0, 1), **style.LINES[0])
ax.plot(x, density(-2, 2), **style.LINES[2])
ax.text(8.2, 0.12, "before:\nmean 6, deviation 3", color=style.ORANGE)
ax.text(1.0, 0.34, "normalized:\nmean 0, deviation 1", color=style.BLUE)
ax.text(-7.8, 0.26, "then learned:\ntimes 2, minus 2", color=style.INK)
ax.set(xlim=(-8, 16), ylim=(0, 0.44), xlabel="input of one unit", ylabel="density over the batch", yticks=[])
style.save(fig, __file__)
