"""Retrieval-augmented generation as a flow: the index is built once, each question takes the four steps below."""

from matplotlib.patches import FancyBboxPatch

import style

BOXES = (
    ("documents", 0, 1),
    ("chunks", 1, 1),
    ("vectors", 2, 1),
    ("index", 3, 1),
    ("question", 0, 0),
    ("query\nvector", 1, 0),
    ("best\nchunks", 2, 0),
    ("prompt +\nsources", 3, 0),
    ("answer", 4, 0),
)
fig, ax = style.axes()
for name, column, row in BOXES:
    color = style.PALE if row else "white"
    box = FancyBboxPatch(
        (column * 1.25 - 0.02, row * 1.5),
        1.04,
        0.7,
        boxstyle="round,pad=0.02",
        facecolor=color,
        edgecolor=style.INK,
        linewidth=0.7,
    )
    ax.add_patch(box)
    ax.text(column * 1.25 + 0.5, row * 1.5 + 0.35, name, ha="center", va="center")
arrow = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
for row, last in ((1, 3), (0, 4)):
    for column in range(last):
        ax.annotate(
            "", (column * 1.25 + 1.21, row * 1.5 + 0.35), (column * 1.25 + 1.04, row * 1.5 + 0.35), arrowprops=arrow
        )
ax.annotate("", (2.95, 0.74), (4.1, 1.47), arrowprops=arrow)
ax.text(4.9, 1.85, "once, and when\ndocuments change", va="center", color=style.GRAY)
ax.text(2.5, -0.35, "for each question", ha="center", color=style.GRAY)
ax.set(xlim=(-0.1, 6.5), ylim=(-0.6, 2.5))
ax.axis("off")
style.save(fig, __file__)
