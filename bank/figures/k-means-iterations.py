"""Lloyd's algorithm from a poor start: assignments and centers after one, two and four iterations."""

import numpy as np
from sklearn.datasets import make_blobs

import style

points, _ = make_blobs(n_samples=150, centers=[[0, 0], [4, 0.5], [2, 3.5]], cluster_std=0.75, random_state=4)
centers = np.array([[0.0, 0.6], [0.8, -0.6], [2.2, 3.0]])
colors, markers = (style.BLUE, style.ORANGE, style.SKY), ("o", "s", "^")

fig, panels = style.axes(ncols=3, sharex=True, sharey=True)
for iteration in range(1, 5):
    nearest = ((points[:, None] - centers) ** 2).sum(axis=2).argmin(axis=1)
    inertia = ((points - centers[nearest]) ** 2).sum()
    if iteration in (1, 2, 4):
        ax = panels[(1, 2, 4).index(iteration)]
        for k in range(3):
            ax.plot(*points[nearest == k].T, markers[k], color=colors[k], markersize=1.8, linestyle="none")
        ax.plot(*centers.T, "X", color=style.INK, markersize=5.5, linestyle="none")
        ax.set_title(f"step {iteration}: {inertia:.0f}")
        ax.set(xticks=[], yticks=[])
    centers = np.array([points[nearest == k].mean(axis=0) for k in range(3)])
style.save(fig, __file__)
