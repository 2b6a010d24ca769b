"""Error along full-batch gradient descent on noisy polynomial features: training falls, validation turns up."""

import numpy as np
from numpy.polynomial import legendre

import style

random = np.random.default_rng(11)
ROWS, DEGREE, NOISE = 30, 20, 0.4


def sample(count):
    """Legendre features and noisy targets of a sine."""
    x = random.uniform(-1, 1, size=count)
    return legendre.legvander(x, DEGREE), np.sin(3 * x) + random.normal(scale=NOISE, size=count)


(features, targets), (held_features, held_targets) = sample(ROWS), sample(2000)
weights = np.zeros(DEGREE + 1)
rate = 0.9 / np.linalg.eigvalsh(features.T @ features / ROWS).max()
steps = np.union1d(np.arange(1, 101), np.geomspace(100, 20_000, 60).astype(int))  # each step near the minimum
errors = []
for step in range(1, steps[-1] + 1):
    weights -= rate * features.T @ (features @ weights - targets) / ROWS
    if step in steps:
        pairs = ((features, targets), (held_features, held_targets))
        errors.append([((x @ weights - y) ** 2).mean() for x, y in pairs])
training, validation = np.array(errors).T
best = validation.argmin()

fig, ax = style.axes()
ax.plot(steps, training, label="training", **style.LINES[0])
ax.plot(steps, validation, label="validation", **style.LINES[1])
ax.axvline(steps[best], color=style.GRAY, linewidth=0.6)
ax.text(steps[best] * 1.15, 0.52, f"stop: step {steps[best]}", color=style.GRAY)
ax.set(xscale="log", ylim=(0, 0.6), xlabel="gradient steps", ylabel="squared error")
ax.legend(loc="center right")
style.save(fig, __file__)
