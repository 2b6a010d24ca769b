"""Three polynomials through the same twelve noisy points: too stiff, about right, and through every wiggle of noise."""

import numpy as np

import style

rng = np.random.default_rng(4)
x = np.linspace(0.02, 0.98, 12)
y = np.sin(2 * np.pi * x) + rng.normal(scale=0.3, size=x.size)
grid = np.linspace(0, 1, 300)

fig, panels = style.axes(ncols=3, sharey=True)
for ax, degree, name in zip(
    panels, (1, 3, 11), ("degree 1:\nunderfits", "degree 3:\nfits", "degree 11:\noverfits"), strict=True
):
    fit = np.polynomial.Polynomial.fit(x, y, degree)
    ax.plot(grid, np.sin(2 * np.pi * grid), linewidth=1, **style.LINES[3])
    ax.plot(grid, fit(grid), **style.LINES[0])
    ax.plot(x, y, marker="o", markersize=2.5, color=style.ORANGE, linestyle="none", zorder=3)
    ax.set(xlim=(0, 1), ylim=(-2, 2), xticks=[], yticks=[])
    ax.set_title(name, fontsize=7.5)
panels[0].set_ylabel("target")
panels[1].set_xlabel("input (dotted: the truth; dots: training examples)", fontsize=7)
style.save(fig, __file__)
