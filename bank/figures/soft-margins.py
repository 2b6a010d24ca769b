"""Linear support vector machines at two prices of a violation: boundary, margin, support vectors."""

import numpy as np
from sklearn.svm import SVC

import style

rng = np.random.default_rng(5)
rows = rng.normal(size=(80, 2)) + np.repeat([[1.2, 0.9], [-1.2, -0.9]], 40, axis=0)
labels = np.repeat([1, -1], 40)
across, up = np.meshgrid(np.linspace(-4, 4, 201), np.linspace(-3.6, 3.6, 181))

fig, panels = style.axes(ncols=2, sharex=True, sharey=True)
for ax, price in zip(panels, (0.01, 10), strict=True):
    model = SVC(kernel="linear", C=price, tol=1e-6).fit(rows, labels)
    score = model.decision_function(np.column_stack([across.ravel(), up.ravel()])).reshape(across.shape)
    ax.contourf(across, up, score, levels=[-1, 1], colors=[style.SHADE])
    ax.contour(across, up, score, levels=[-1, 0, 1], colors=style.INK, linewidths=(0.6, 1.2, 0.6), linestyles="solid")
    ax.plot(*rows[model.support_].T, "o", color=style.INK, markersize=5.4, markerfacecolor="none", markeredgewidth=0.5)
    for label, color, marker in ((1, style.BLUE, "o"), (-1, style.ORANGE, "s")):
        ax.plot(*rows[labels == label].T, marker, color=color, markersize=2.2, linestyle="none")
    width = 2 / np.linalg.norm(model.coef_)
    ax.set_title(f"C = {price}: width {width:.1f}, {len(model.support_)} SVs")
    ax.set(xlabel="feature 1", xticks=[], yticks=[], aspect="equal")
panels[0].set(ylabel="feature 2")
style.save(fig, __file__)
