"""The boundary of k-nearest neighbors on two noisy half-moons for three k, with its error on new rows."""

import numpy as np
from sklearn.datasets import make_moons
from sklearn.neighbors import KNeighborsClassifier

import style

rows, labels = make_moons(200, noise=0.35, random_state=2)
new_rows, new_labels = make_moons(4000, noise=0.35, random_state=3)
across, up = np.meshgrid(np.linspace(-2.2, 3.2, 220), np.linspace(-1.7, 2.1, 160))
grid = np.column_stack([across.ravel(), up.ravel()])

fig, panels = style.axes(ncols=3, sharex=True, sharey=True)
for ax, k in zip(panels, (1, 15, 150), strict=True):
    model = KNeighborsClassifier(k).fit(rows, labels)
    share = model.predict_proba(grid)[:, 1].reshape(across.shape)
    ax.contourf(across, up, share > 0.5, levels=[0.5, 1.5], colors=[style.PALE])
    ax.contour(across, up, share > 0.5, levels=[0.5], colors=[style.INK], linewidths=0.8)
    for label, color, marker in ((0, style.ORANGE, "s"), (1, style.BLUE, "o")):
        ax.plot(*rows[labels == label].T, marker, color=color, markersize=1.5, linestyle="none")
    ax.set_title(f"k = {k}, error {1 - model.score(new_rows, new_labels):.2f}")
    ax.set(xlabel="feature 1", xticks=[], yticks=[])
panels[0].set(ylabel="feature 2")
style.save(fig, __file__)
