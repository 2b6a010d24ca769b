"""The horizontal extents of four boxes of equal height: which greedy suppression keeps, and which one it deletes."""

from matplotlib.patches import Rectangle

import style

BOXES = (
    ("a", 0, 0.9, "kept"),
    ("b", 1, 0.8, "IoU 0.6 with a: deleted"),
    ("c", 2, 0.7, "IoU 0.33 with a: kept"),
    ("d", 9, 0.6, "kept"),
)

fig, ax = style.axes()
for row, (name, x, score, result) in enumerate(BOXES):
    kept = "deleted" not in result
    color, line = (style.BLUE, "-") if kept else (style.ORANGE, (0, (4, 2)))
    fill = style.PALE if kept else "white"
    ax.add_patch(Rectangle((x, row - 0.3), 4, 0.6, facecolor=fill, edgecolor=color, linestyle=line, linewidth=1.3))
    ax.text(x + 2, row + 0.03, f"{name}: {score}", ha="center", va="center")
    left = x > 6
    ax.text(x - 0.3 if left else x + 4.3, row + 0.03, result, ha="right" if left else "left", va="center", color=color)
ax.set(xlim=(-0.3, 13.3), ylim=(3.5, -0.5), yticks=[], xlabel="$x$", xticks=range(0, 14, 2))
ax.spines["left"].set_visible(False)
style.save(fig, __file__)
