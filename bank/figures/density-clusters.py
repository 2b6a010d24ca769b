"""Two half-moons with scattered noise: clusters of k-means and of DBSCAN, noise drawn as crosses."""

import numpy as np
from sklearn.cluster import DBSCAN, KMeans
from sklearn.datasets import make_moons

import style

moons, _ = make_moons(220, noise=0.06, random_state=0)
stray = np.random.default_rng(0).uniform([-1.4, -0.9], [2.4, 1.4], (20, 2))
rows = np.vstack([moons, stray])
found = (
    ("k-means, k = 2", KMeans(2, n_init=10, random_state=0).fit_predict(rows)),
    ("DBSCAN, eps 0.2, 5 rows", DBSCAN(eps=0.2, min_samples=5).fit_predict(rows)),
)

fig, panels = style.axes(1.4, ncols=2, sharex=True, sharey=True)
for ax, (name, labels) in zip(panels, found, strict=True):
    for label, color, marker in ((0, style.BLUE, "o"), (1, style.ORANGE, "s"), (-1, style.GRAY, "x")):
        ax.plot(*rows[labels == label].T, marker, color=color, markersize=2 if marker != "x" else 3.5, linestyle="none")
    ax.set_title(name)
    ax.set(xlabel="feature 1", xticks=[], yticks=[], aspect="equal")
panels[0].set(ylabel="feature 2")
style.save(fig, __file__)
