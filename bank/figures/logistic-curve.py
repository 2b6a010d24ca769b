"""A logistic regression on one feature: probability, boundary at one half, and what one unit does to the odds."""

import numpy as np

import style

rng = np.random.default_rng(2)
hours = rng.uniform(0, 10, 60)
passed = rng.uniform(size=hours.size) < 1 / (1 + np.exp(-(hours - 5)))
grid = np.linspace(0, 10, 200)

fig, ax = style.axes()
ax.plot(grid, 1 / (1 + np.exp(-(grid - 5))), **style.LINES[0])
ax.plot(hours, np.where(passed, 1.04, -0.04), marker="|", markersize=5, color=style.ORANGE, linestyle="none")
ax.axvline(5, linewidth=1, **style.LINES[3])
ax.axhline(0.5, linewidth=1, **style.LINES[3])
ax.plot(6, 1 / (1 + np.exp(-1)), marker="o", markersize=4, color=style.INK, zorder=3)
ax.annotate("at 6: 0.73,\nodds 2.7", (6, 1 / (1 + np.exp(-1))), xytext=(6.9, 0.56), arrowprops=style.LEADER)
ax.plot(5, 0.5, marker="o", markersize=4, color=style.INK, zorder=3)
ax.annotate("at 5: 0.5,\nodds 1", (5, 0.5), xytext=(2.0, 0.62), arrowprops=style.LEADER)
ax.text(0.1, 0.94, "passed", color=style.ORANGE, va="center")
ax.text(0.1, 0.14, "failed", color=style.ORANGE, va="center")
ax.set(xlim=(0, 10), ylim=(-0.08, 1.08), xlabel="hours of study", ylabel="probability of passing", yticks=[0, 0.5, 1])
style.save(fig, __file__)
