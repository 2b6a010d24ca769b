"""Where rights and changes enter a retrieval system: above, documents go in; below, a question is answered."""

from matplotlib.patches import FancyBboxPatch

import style

BOXES = (  # text, column, row, fill
    ("source\nsystem", 0, 1, style.PALE),
    ("split,\nembed", 1, 1, style.PALE),
    ("index: text,\nversion,\ngroups", 2, 1, style.PALE),
    ("signed-in\nuser", 0, 0, "white"),
    ("user's\ngroups", 1, 0, "white"),
    ("search with\nfilter", 2, 0, "white"),
    ("check\nagain", 3, 0, "white"),
    ("prompt,\nanswer", 4, 0, "white"),
)
RISE, HEIGHT = 1.8, 1
LEFT = (0, 1.65, 3.15, 5.0, 6.4)
WIDTH = (1.25, 1.1, 1.45, 1.0, 1.1)
fig, ax = style.axes()
for text, column, row, fill in BOXES:
    box = FancyBboxPatch(
        (LEFT[column], row * RISE),
        WIDTH[column],
        HEIGHT,
        boxstyle="round,pad=0.03",
        facecolor=fill,
        edgecolor=style.INK,
        linewidth=0.7,
    )
    ax.add_patch(box)
    ax.text(LEFT[column] + WIDTH[column] / 2, row * RISE + HEIGHT / 2, text, ha="center", va="center")
arrow = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
for row, last in ((1, 2), (0, 4)):
    y = row * RISE + HEIGHT / 2
    for column in range(last):
        ax.annotate("", (LEFT[column + 1] - 0.04, y), (LEFT[column] + WIDTH[column] + 0.04, y), arrowprops=arrow)
middle = LEFT[2] + WIDTH[2] / 2
ax.annotate("", (middle, HEIGHT + 0.04), (middle, RISE - 0.04), arrowprops=arrow)
ax.text(0, RISE + HEIGHT + 0.15, "at each change, with rights; compared every night", color=style.BLUE)
ax.text(0, -0.15, "for each question", va="top", color=style.BLUE)
ax.annotate(
    "",
    (LEFT[3] + 0.5, HEIGHT + 0.04),
    (LEFT[3] + 0.5, RISE + 0.2),
    arrowprops=arrow | {"color": style.ORANGE, "linestyle": "--"},
)
ax.text(5.0, RISE + 0.28, "source system:\nright still valid?", color=style.ORANGE)
ax.set(xlim=(-0.1, 7.6), ylim=(-0.55, 3.0))
ax.axis("off")
style.save(fig, __file__)
