"""A cloud of points, its two principal axes, and the share of the variance along each."""

import numpy as np

import style

rng = np.random.default_rng(3)
points = rng.normal(size=(160, 2)) @ np.array([[2.0, 1.1], [0.0, 0.7]])
points -= points.mean(axis=0)
_, scales, axes = np.linalg.svd(points, full_matrices=False)
axes *= np.sign(axes[:, :1])
variances = scales**2 / len(points)

fig, ax = style.axes()
ax.plot(*points.T, marker="o", markersize=2, color=style.SKY, linestyle="none")
names = (("first", style.BLUE), ("second", style.ORANGE))
for axis, variance, (name, color) in zip(axes, variances, names, strict=True):
    end = 2 * np.sqrt(variance) * axis
    ax.annotate("", end, (0, 0), arrowprops={"arrowstyle": "-|>", "color": color, "linewidth": 1.6, "shrinkA": 0})
    share = 100 * variance / variances.sum()
    ax.text(
        *(end + np.array([0.7, -1.1])),
        f"{name}: {share:.0f}%\nof the variance",
        color=color,
        va="center",
        ha="left" if end[0] > 0 else "right",
    )
ax.set(
    xlim=(-6, 8.2), ylim=(-3.6, 4.4), xlabel="feature 1 (centered)", ylabel="feature 2 (centered)", xticks=[], yticks=[]
)
ax.set_aspect("equal")
style.save(fig, __file__)
