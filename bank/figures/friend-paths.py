"""People you may know: a new friendship leads to a new stored list, which rules filter when it is read."""

from matplotlib.patches import FancyBboxPatch

import style

fig, ax = style.axes()
BOXES = (
    ("new friendship,\nimported contact", 0, 3.4, "white"),
    ("friends of friends:\nbest 1,000", 3.6, 3.4, style.PALE),
    ("model: invite\nand accept", 7.2, 3.4, style.PALE),
    ("stored list:\n100 a person", 7.2, 1.85, "white"),
    ("rules: blocks,\nage, privacy, caps", 3.6, 1.85, style.PALE),
    ("page: 20 people\nwith a reason", 0, 1.85, "white"),
    ("log: seen, invited,\naccepted, ignored", 0, 0.3, "white"),
    ("train on the graph\nas it was before", 3.6, 0.3, "white"),
)
for text, x, y, face in BOXES:
    box = FancyBboxPatch(
        (x, y), 2.9, 0.9, boxstyle="round,pad=0.05", facecolor=face, edgecolor=style.INK, linewidth=0.7
    )
    ax.add_patch(box)
    ax.text(x + 1.45, y + 0.45, text, ha="center", va="center")
line = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
for start, end in (
    ((2.95, 3.85), (3.55, 3.85)),
    ((6.55, 3.85), (7.15, 3.85)),
    ((8.65, 3.35), (8.65, 2.8)),
    ((7.15, 2.3), (6.55, 2.3)),
    ((3.55, 2.3), (2.95, 2.3)),
    ((1.45, 1.8), (1.45, 1.25)),
    ((2.95, 0.75), (3.55, 0.75)),
    ((1.45, 2.8), (1.45, 3.35)),
):
    ax.annotate("", end, start, arrowprops=line)
ax.plot((6.55, 10.45, 10.45), (0.75, 0.75, 3.85), color=style.BLUE, linewidth=1)
ax.annotate("", (10.15, 3.85), (10.45, 3.85), arrowprops=line)
ax.text(8.1, 0.95, "new model", ha="center", va="center", color=style.GRAY)
ax.text(1.6, 3.08, "invites accepted", va="center", color=style.GRAY)
ax.set(xlim=(-0.1, 10.6), ylim=(0.15, 4.45))
ax.axis("off")
style.save(fig, __file__)
