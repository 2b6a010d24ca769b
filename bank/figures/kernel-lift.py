"""Rows inside and outside an ellipse: no line separates them, but in the squares of the features one does."""

import numpy as np
from sklearn.svm import SVC

import style

rng = np.random.default_rng(1)
rows = rng.uniform(-1, 1, (160, 2))
score = rows[:, 0] ** 2 / 0.64 + rows[:, 1] ** 2 / 0.36
rows, score = rows[np.abs(score - 1) > 0.15], score[np.abs(score - 1) > 0.15]
inside = score < 1
line = SVC(kernel="linear", C=1e6).fit(rows**2, inside)
across, up = np.meshgrid(np.linspace(-1, 1, 201), np.linspace(-1, 1, 201))
grid = np.column_stack([across.ravel(), up.ravel()])

fig, panels = style.axes(ncols=2)
for ax, points, lifted, low in zip(panels, (rows, rows**2), (grid**2, grid), (-1, 0), strict=True):
    side = line.decision_function(lifted).reshape(across.shape)
    ax.contour(across, up, side, levels=[0], colors=[style.INK], linewidths=1)
    ax.plot(*points[inside].T, "o", color=style.BLUE, markersize=2, linestyle="none")
    ax.plot(*points[~inside].T, "s", color=style.ORANGE, markersize=2, linestyle="none")
    ax.set(xlim=(low, 1), ylim=(low, 1), xticks=[low, 1], yticks=[low, 1], aspect="equal")
panels[0].set(xlabel="feature 1", ylabel="feature 2")
panels[1].set(xlabel="feature 1, squared", ylabel="feature 2, squared")
style.save(fig, __file__)
