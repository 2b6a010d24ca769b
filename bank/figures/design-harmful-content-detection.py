"""Content moderation as blocks: a score, one of three actions, and people's decisions as labels."""

from matplotlib.patches import FancyBboxPatch

import style

BOXES = (  # text, left, bottom, width, fill
    ("new\npost", 0, 2.4, 0.95, "white"),
    ("known\nimages?", 1.5, 2.4, 1.25, "white"),
    ("model:\nscore\nper rule", 3.3, 2.1, 1.35, style.PALE),
    ("remove,\ntell author", 6.1, 4.3, 1.75, "white"),
    ("reviewers:\nby $p\\,v\\,s$", 6.1, 2.4, 1.75, "white"),
    ("publish", 6.1, 0.5, 1.75, "white"),
    ("labels,\ntraining", 3.2, -1.1, 1.55, "white"),
)
fig, ax = style.axes(2.2)
for text, left, bottom, width, fill in BOXES:
    height = 1.6 if text.count("\n") > 1 else 1.0
    box = FancyBboxPatch(
        (left, bottom), width, height, boxstyle="round,pad=0.04", facecolor=fill, edgecolor=style.INK, linewidth=0.7
    )
    ax.add_patch(box)
    ax.text(left + width / 2, bottom + height / 2, text, ha="center", va="center")
arrow = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
back = arrow | {"color": style.ORANGE, "linestyle": (0, (4, 2))}
for start, end in (
    ((1.0, 2.9), (1.45, 2.9)),
    ((2.8, 2.9), (3.25, 2.9)),
    ((4.7, 3.1), (6.05, 4.75)),
    ((4.7, 2.9), (6.05, 2.9)),
    ((4.7, 2.7), (6.05, 1.05)),
    ((6.97, 3.45), (6.97, 4.25)),
    ((6.97, 2.35), (6.97, 1.55)),
):
    ax.annotate("", end, start, arrowprops=arrow)
for start, end in (
    ((6.05, 0.8), (4.2, 2.05)),
    ((8.35, -0.6), (4.8, -0.6)),
    ((3.7, -0.05), (3.7, 2.05)),
):
    ax.annotate("", end, start, arrowprops=back)
ax.plot((2.12, 2.12), (3.45, 4.95), color=style.BLUE, linewidth=1)
ax.annotate("", (6.05, 4.95), (2.11, 4.95), arrowprops=arrow)
ax.text(2.25, 5.0, "copy of a known image", va="bottom", color=style.BLUE)
for x, y in ((7.9, 4.8), (7.9, 2.9), (7.9, 1.0)):
    ax.plot((x, 8.35), (y, y), color=style.ORANGE, linewidth=1, linestyle=(0, (4, 2)))
ax.plot((8.35, 8.35), (4.8, -0.6), color=style.ORANGE, linewidth=1, linestyle=(0, (4, 2)))
for x, y, text, side in (
    (5.2, 4.0, "sure", "right"),
    (5.4, 3.0, "unsure", "center"),
    (5.55, 1.85, "low", "left"),
):
    ax.text(x, y, text, ha=side, va="bottom", color=style.BLUE)
ax.text(4.0, 0.62, "more views:\nscore again", ha="left", va="center", color=style.ORANGE)
ax.text(6.6, -0.66, "complaints, decisions,\nrandom sample of views", ha="center", va="top", color=style.ORANGE)
ax.set(xlim=(-0.1, 8.5), ylim=(-1.5, 5.45))
ax.axis("off")
style.save(fig, __file__)
