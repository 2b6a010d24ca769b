"""Contours of the quadratic form of ((1, c), (c, 1)) for three c, with its eigenvectors along the diagonals."""

import numpy as np

import style

side = np.linspace(-2, 2, 201)
x, y = np.meshgrid(side, side)
fig, panels = style.axes(ncols=3, sharex=True, sharey=True)
for ax, c, name in zip(panels, (0.5, 1, 2), ("bowl", "valley", "saddle"), strict=True):
    form = ((1 + c) * (x + y) ** 2 + (1 - c) * (x - y) ** 2) / 2
    ax.contourf(x, y, form, levels=[-20, -0.001], colors=[style.SHADE])
    ax.contour(x, y, form, levels=[-3, -1.5, -0.5], colors=style.ORANGE, linewidths=0.8, linestyles="dashed")
    ax.contour(x, y, form, levels=[0.5, 1.5, 3, 5, 8], colors=style.BLUE, linewidths=0.8)
    for direction in ((1, 1), (1, -1)):
        ax.annotate("", direction, (0, 0), arrowprops={"arrowstyle": "-|>", "color": style.INK, "linewidth": 1})
    ax.set_title(f"c = {c}: {name}\nλ = {1 + c:g} and {1 - c:g}".replace("-", "−"))
    style.bare(ax)
style.save(fig, __file__)
