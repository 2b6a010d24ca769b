"""Least squares within an L1 and within an L2 budget: contours of one loss, both balls, and the optimum on each."""

import numpy as np

import style

BUDGET = 1.0

rng = np.random.default_rng(3)
inputs = rng.normal(size=(60, 2)) @ np.array([[1.0, 0.35], [0.0, 0.8]])
targets = inputs @ np.array([1.9, 0.6]) + rng.normal(scale=0.5, size=60)
free = np.linalg.lstsq(inputs, targets)[0]  # outside both balls, so each optimum lies on the ball's edge


def loss(w: np.ndarray) -> np.ndarray:
    """Mean squared error; the last axis of `w` holds the two weights."""
    return ((w @ inputs.T - targets) ** 2).mean(axis=-1)


angle = np.linspace(0, 2 * np.pi, 7201)
circle = BUDGET * np.stack([np.cos(angle), np.sin(angle)], axis=1)
diamond = circle * BUDGET / np.abs(circle).sum(axis=1, keepdims=True)

# The loss rises by one from its minimum along this ellipse, by c along sqrt(c) times it.
turn = np.linspace(0, 2 * np.pi, 121)
factor = np.linalg.cholesky(inputs.T @ inputs / len(inputs))
ellipse = np.linalg.solve(factor.T, np.stack([np.cos(turn), np.sin(turn)]))

fig, panels = style.axes(ncols=2, sharey=True)
for ax, edge, line in zip(panels, (diamond, circle), (style.LINES[1], style.LINES[0]), strict=True):
    best = edge[loss(edge).argmin()]
    rise = loss(best) - loss(free)
    ax.axhline(0, color=style.GRAY, linewidth=0.5, zorder=0)
    ax.axvline(0, ymin=0.24, ymax=0.95, color=style.GRAY, linewidth=0.5, zorder=0)
    for share in (0.1, 0.45, 1):
        ax.plot(*(free[:, None] + np.sqrt(share * rise) * ellipse), color=style.INK, linewidth=0.8)
    ax.fill(*edge[::20].T, color=line["color"], alpha=0.3, linewidth=0)
    ax.plot(*edge[::20].T, linewidth=1.2, **line)
    ax.plot(*free, marker="+", markersize=6, color=style.INK)
    ax.plot(*best, marker="o", markersize=4.5, color=style.INK, zorder=3)
    ax.text(0.95, -1.65, "optimum ({:.2g}, {:.2g})".format(*best), ha="center")
    ax.set(aspect="equal", xlim=(-1.3, 3.2), ylim=(-1.9, 2.3), xticks=[-1, 0, 1, 2, 3], yticks=[-1, 0, 1, 2])
    ax.set_xlabel("$w_1$")
panels[0].set_title(r"L1: $|w_1|+|w_2|\leq 1$")
panels[1].set_title(r"L2: $w_1^2+w_2^2\leq 1$")
panels[0].set_ylabel("$w_2$")
style.save(fig, __file__)
