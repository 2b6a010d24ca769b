"""The four cells of a confusion matrix, and which ratio reads along which line."""

from matplotlib.patches import Rectangle

import style

CELLS = (
    ("true negatives", "90", 0, 0),
    ("false positives", "5", 1, 0),
    ("false negatives", "2", 0, 1),
    ("true positives", "3", 1, 1),
)
fig, ax = style.axes()
for name, count, column, row in CELLS:
    right = name.startswith("true")
    color = style.PALE if right else "white"
    ax.add_patch(Rectangle((column, -row), 0.96, 0.94, facecolor=color, edgecolor=style.INK, linewidth=0.8))
    ax.text(
        column + 0.48,
        -row + 0.58,
        count,
        ha="center",
        va="center",
        fontsize=13,
        weight="bold",
        color=style.BLUE if right else style.ORANGE,
    )
    ax.text(column + 0.48, -row + 0.2, name, ha="center", va="center")
for column, name in enumerate(("predicted\nnegative", "predicted\npositive")):
    ax.text(column + 0.48, 1.02, name, ha="center", va="bottom")
for row, name in enumerate(("truly\nnegative", "truly\npositive")):
    ax.text(-0.06, -row + 0.47, name, ha="right", va="center")
ax.text(2.02, -0.53, "recall\n3/(2+3)\n= 0.6", ha="left", va="center", color=style.BLUE)
ax.text(1.48, -1.06, "precision 3/(5+3) = 0.375", ha="center", va="top", color=style.BLUE)
ax.set(xlim=(-0.6, 2.6), ylim=(-1.35, 1.5))
ax.axis("off")
style.save(fig, __file__)
