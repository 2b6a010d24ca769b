"""Gradient descent for logistic regression on one feature, raw (mean 40, deviation 10) and standardized."""

import numpy as np

import style

rng = np.random.default_rng(4)
z = rng.normal(size=300)
z = (z - z.mean()) / z.std()
labels = (rng.uniform(size=300) < 1 / (1 + np.exp(-1.5 * z))).astype(int)


def losses(feature: np.ndarray, steps: int) -> list[float]:
    """The log loss before each step of the safe size 1 / L."""
    table = np.column_stack([feature, np.ones(len(feature))])
    step, weights, found = 4 * len(feature) / np.linalg.norm(table, 2) ** 2, np.zeros(2), []
    for _ in range(steps + 1):
        score = table @ weights
        found.append(float(np.mean(np.logaddexp(0, score) - labels * score)))
        weights = weights - step * table.T @ (1 / (1 + np.exp(-score)) - labels) / len(feature)
    return found


STEPS = 30_000
fig, ax = style.axes()
at = np.unique(np.geomspace(1, STEPS, 120).astype(int))
for feature, name, place, line in (
    (40 + 10 * z, "raw ages", (300, 0.69), style.LINES[1]),
    (z, "standardized", (30, 0.558), style.LINES[0]),
):
    ax.plot(at, np.round(np.array(losses(feature, STEPS))[at], 5), **line)
    ax.text(*place, name, color=line["color"])
ax.set(xscale="log", xlabel="gradient steps", ylabel="mean log loss", ylim=(0.54, 0.7))
style.save(fig, __file__)
