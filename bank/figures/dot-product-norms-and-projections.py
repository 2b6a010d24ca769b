"""The vector a = (2, 6), its projection onto the line of b = (3, 4), and the rest at a right angle."""

import numpy as np

import style

a, b = np.array([2, 6]), np.array([3, 4])
p = a @ b / (b @ b) * b
unit, rest = b / np.sqrt(b @ b), (a - p) / np.sqrt((a - p) @ (a - p))


def arrow(ax, end, start=(0, 0), **look):
    """Draw a vector from start to end."""
    ax.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0, "linewidth": 1.5, **look})


fig, ax = style.axes()
ax.plot(*zip(-0.15 * b, 1.33 * b, strict=True), color=style.GRAY, linewidth=0.7)
arrow(ax, a, color=style.INK)
arrow(ax, p, color=style.ORANGE, linewidth=3.5)  # wider than b, which lies on it
arrow(ax, a, p, color=style.SKY, linestyle=(0, (4, 2)))
arrow(ax, b, color=style.BLUE)
corner = [p - 0.3 * unit, p - 0.3 * unit + 0.3 * rest, p + 0.3 * rest]
ax.plot(*zip(*corner, strict=True), color=style.INK, linewidth=0.7, zorder=4)
ax.text(0.75, 3.6, "a = (2, 6)", ha="right")
ax.text(2.5, 2.3, "b = (3, 4), length 5", color=style.BLUE)
ax.text(3.85, 4.5, "projection (3.6, 4.8), length 6", color=style.ORANGE)
ax.text(3.0, 5.75, "rest, length 2, at a right angle")
ax.set(xlim=(-1.6, 9.2), ylim=(-0.5, 6.6), xticks=[0, 2, 4, 6, 8], yticks=[0, 2, 4, 6])
ax.set_aspect("equal")
style.save(fig, __file__)
