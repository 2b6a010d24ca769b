"""A straight line and a logistic curve fitted to the same labels: one far example bends the line, not the curve."""

import numpy as np
from sklearn.linear_model import LinearRegression, LogisticRegression

import style

size = np.array([1, 2, 3, 4, 5, 6, 7, 8, 20], dtype=float)[:, None]
label = np.array([0, 0, 0, 0, 1, 1, 1, 1, 1])
grid = np.linspace(0, 21, 300)[:, None]
line = LinearRegression().fit(size, label)
curve = LogisticRegression(C=1e4, max_iter=10_000).fit(size, label)

fig, ax = style.axes()
ax.plot(grid, line.predict(grid), **style.LINES[1])
ax.plot(grid, curve.predict_proba(grid)[:, 1], **style.LINES[0])
ax.axhline(0.5, linewidth=1, **style.LINES[3])
ax.plot(size, label, marker="o", markersize=4, color=style.INK, linestyle="none", zorder=3)
cut = (0.5 - line.intercept_) / line.coef_[0]
ax.plot(cut, 0.5, marker="s", markersize=4, color=style.ORANGE, zorder=3)
ax.annotate(
    f"the line's boundary: {cut:.1f}", (cut, 0.5), xytext=(8.3, 0.3), color=style.ORANGE, arrowprops=style.LEADER
)
ax.text(5.2, 0.78, "logistic: 4.5", color=style.BLUE, ha="left")
ax.set(xlim=(0, 21), ylim=(-0.15, 1.5), xlabel="size of the tumor", ylabel="malignant", yticks=[0, 0.5, 1])
style.save(fig, __file__)
