"""Full-batch and single-example gradient descent on the same least-squares problem, over the contours of its loss."""

import numpy as np

import style

random = np.random.default_rng(3)
inputs = random.normal(size=(200, 2)) * [1.0, 0.35]
targets = inputs @ [1.0, 2.0] + random.normal(scale=0.3, size=200)


def loss(weights):
    """The mean squared error of each row of weights."""
    return ((weights @ inputs.T - targets) ** 2).mean(axis=-1)


def path(batch, rate, steps):
    """The weights along a descent whose steps see `batch` rows each."""
    weights, out = np.array([-1.2, 0.2]), []
    for _ in range(steps):
        out.append(weights)
        rows = random.choice(200, size=batch, replace=False)
        residual = inputs[rows] @ weights - targets[rows]
        weights = weights - rate * 2 * inputs[rows].T @ residual / batch
    return np.array(out)


full, single = path(200, 0.25, 60), path(1, 0.05, 300)
fig, ax = style.axes()
grid = np.stack(np.meshgrid(np.linspace(-1.6, 2.2, 120), np.linspace(-0.5, 3.2, 120)), axis=-1)
levels = loss(np.array([[1.0, 2.0]]))[0] + np.geomspace(0.01, 6, 9)
ax.contour(grid[..., 0], grid[..., 1], loss(grid), levels=levels, colors=style.GRAY, linewidths=0.5)
ax.plot(*single.T, linewidth=0.7, **{**style.LINES[1], "linestyle": "-"})
ax.plot(*full.T, marker="o", markersize=2, **style.LINES[0])
ax.plot(*np.linalg.lstsq(inputs, targets, rcond=None)[0], marker="+", markersize=9, color=style.INK)
behind = {"va": "center", "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.8}}  # labels stand on contours
ax.text(-1.5, 0.75, "all examples a step", color=style.BLUE, **behind)
ax.text(1.3, 0.75, "one example a step", color=style.ORANGE, **behind)
ax.set(xlabel="$w_1$", ylabel="$w_2$", ylim=(-0.3, 3.2))
style.save(fig, __file__)
