"""Distances from a random point of the unit cube: nearest, mean and farthest of 1,000 others, against the dimension."""

import numpy as np

import style

random = np.random.default_rng(7)
DIMENSIONS = np.array([1, 2, 3, 5, 10, 20, 50, 100, 200, 500])
ratios = []
for dimension in DIMENSIONS:
    runs = []
    for _ in range(60):
        distances = np.linalg.norm(random.uniform(size=(1000, dimension)) - random.uniform(size=dimension), axis=1)
        runs.append([distances.min() / distances.mean(), distances.max() / distances.mean()])
    ratios.append(np.mean(runs, axis=0))
nearest, farthest = np.array(ratios).T

fig, ax = style.axes()
ax.plot(DIMENSIONS, farthest, marker="o", markersize=2.5, label="farthest", **style.LINES[0])
ax.plot(DIMENSIONS, nearest, marker="s", markersize=2.5, label="nearest", **style.LINES[1])
ax.axhline(1, color=style.GRAY, linewidth=0.6)
ax.set(xscale="log", ylim=(0, 2.3), xlabel="dimension", ylabel="distance / mean distance")
ax.set_xticks([1, 10, 100, 500], ["1", "10", "100", "500"])
ax.minorticks_off()
ax.legend()
style.save(fig, __file__)
