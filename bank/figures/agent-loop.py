"""The loop around a model: where it ends, and how each call becomes one result in the history."""

from matplotlib.patches import FancyBboxPatch

import style

WIDTH, HEIGHT = 2.3, 0.95
BOXES = (
    ("history", 0, 3.4, "white"),
    ("model", 3.2, 3.4, style.PALE),
    ("any calls?", 6.4, 3.4, style.PALE),
    ("answered", 9.6, 3.4, "white"),
    ("steps left?", 6.4, 1.7, style.PALE),
    ("step limit:\nnot run", 9.6, 1.7, "white"),
    ("run each call", 3.2, 1.7, style.PALE),
    ("results\nor errors", 0, 1.7, "white"),
)

fig, ax = style.axes()
for text, x, y, face in BOXES:
    ax.add_patch(
        FancyBboxPatch(
            (x, y), WIDTH, HEIGHT, boxstyle="round,pad=0.05", facecolor=face, edgecolor=style.INK, linewidth=0.7
        )
    )
    ax.text(x + WIDTH / 2, y + HEIGHT / 2, text, ha="center", va="center")
arrow = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
for start, end in (
    ((2.37, 3.87), (3.13, 3.87)),
    ((5.57, 3.87), (6.33, 3.87)),
    ((8.77, 3.87), (9.53, 3.87)),
    ((7.55, 3.33), (7.55, 2.72)),
    ((8.77, 2.17), (9.53, 2.17)),
    ((6.33, 2.17), (5.57, 2.17)),
    ((3.13, 2.17), (2.37, 2.17)),
    ((1.15, 2.72), (1.15, 3.33)),
):
    ax.annotate("", end, start, arrowprops=arrow)
for x, y, text in ((9.15, 3.97, "no"), (7.7, 3.0, "yes"), (9.15, 2.27, "no"), (5.95, 2.27, "yes")):
    beside = y == 3.0
    ax.text(
        x,
        y,
        text,
        ha="left" if beside else "center",
        va="center" if beside else "bottom",
        color=style.GRAY,
    )
ax.text(1.3, 3.02, "one per call", va="center", color=style.GRAY)
ax.set(xlim=(-0.15, 12.05), ylim=(1.5, 4.5))
ax.axis("off")
style.save(fig, __file__)
