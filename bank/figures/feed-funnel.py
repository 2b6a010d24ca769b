"""The ranking of a news feed: the request path on top, and the learning path that closes the loop below it."""

from matplotlib.patches import FancyBboxPatch

import style

fig, ax = style.axes()
BOXES = (
    ("followed\naccounts: 500", 0, 3.9, "white"),
    ("other\nposts: 500", 0, 2.5, "white"),
    ("light model:\n1,000 to 300", 2.5, 3.2, style.PALE),
    ("full model:\nscores 300", 5.0, 3.2, style.PALE),
    ("rules, rights:\nfirst 20", 7.5, 3.2, style.PALE),
    ("train, test,\nrelease", 3.75, 0.5, "white"),
    ("log: seen posts,\nfeatures, reactions", 7.1, 0.5, "white"),
)
for text, x, y, face in BOXES:
    width = 2.9 if text.startswith("log") else 2.05
    box = FancyBboxPatch(
        (x, y), width, 1.05, boxstyle="round,pad=0.05", facecolor=face, edgecolor=style.INK, linewidth=0.7
    )
    ax.add_patch(box)
    ax.text(x + width / 2, y + 0.525, text, ha="center", va="center")
line = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
for start, end in (
    ((2.1, 4.4), (2.45, 4.0)),
    ((2.1, 3.0), (2.45, 3.4)),
    ((4.6, 3.72), (4.95, 3.72)),
    ((7.1, 3.72), (7.45, 3.72)),
    ((8.52, 3.15), (8.52, 1.6)),
    ((7.05, 1.02), (5.85, 1.02)),
    ((4.6, 1.6), (3.7, 3.15)),
    ((5.0, 1.6), (5.9, 3.15)),
):
    ax.annotate("", end, start, arrowprops=line)
ax.text(8.7, 2.35, "shown", va="center", color=style.GRAY)
ax.text(2.9, 2.2, "new models", ha="center", va="center", color=style.GRAY)
ax.set(xlim=(-0.1, 10.1), ylim=(0.2, 5.2))
ax.axis("off")
style.save(fig, __file__)
