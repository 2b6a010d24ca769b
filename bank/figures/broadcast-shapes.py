"""Broadcasting: a column of rows of X and a line of rows of Y, both repeated to a table of all pairs."""

from matplotlib.patches import Rectangle

import style

fig, ax = style.axes()
ax.set(xlim=(-1.75, 4.35), ylim=(-2.85, 1.8))
ax.axis("off")


def cell(x, y, text, color, solid):
    """One cell with its text; repeated ones have a broken edge."""
    edge = {"edgecolor": style.INK, "linewidth": 0.8, "linestyle": "-" if solid else (0, (2, 2))}
    ax.add_patch(Rectangle((x + 0.06, y + 0.06), 1.28, 0.88, facecolor=color, **edge))
    ax.text(x + 0.7, y + 0.5, text, ha="center", va="center")


x, y = ["(0, 0)", "(3, 4)"], ["(0, 4)", "(3, 0)", "(3, 4)"]
differences = [["(0, −4)", "(−3, 0)", "(−3, −4)"], ["(3, 0)", "(0, 4)", "(0, 0)"]]
for j, name in enumerate(y):
    cell(1.4 * j, 0.4, name, style.PALE, True)
for i, name in enumerate(x):
    cell(-1.7, -0.75 - i, name, style.SHADE, True)
    for j in range(3):
        cell(1.4 * j, -0.75 - i, differences[i][j], "white", False)
ax.text(2.1, 1.58, "y: shape (3, 2), repeated downward", ha="center", va="center", color=style.BLUE)
ax.text(-1.0, 0.62, "x[:, None, :]:\n(2, 1, 2)", ha="center", va="center", color=style.BLUE)
ax.text(-1.0, -2.3, "repeated to\nthe right", ha="center", va="center", color=style.BLUE)
ax.text(2.1, -2.2, "x[:, None, :] $-$ y: shape (2, 3, 2)", ha="center", va="center")
style.save(fig, __file__)
