"""A click model: shared vectors of the categories feed a branch of products and a deep network."""

from matplotlib.patches import FancyBboxPatch

import style

fig, ax = style.axes()
BOXES = (
    ("site", 0.0, 0.0, 1.7, 0.55, "white"),
    ("ad", 2.4, 0.0, 1.7, 0.55, "white"),
    ("hour", 4.8, 0.0, 1.7, 0.55, "white"),
    ("vector", 0.0, 1.15, 1.7, 0.55, style.PALE),
    ("vector", 2.4, 1.15, 1.7, 0.55, style.PALE),
    ("vector", 4.8, 1.15, 1.7, 0.55, style.PALE),
    ("products: pairs (FM)\nor cross layers", 0.0, 2.4, 3.0, 0.9, "white"),
    ("deep network", 3.5, 2.4, 3.0, 0.9, "white"),
    ("sum, then sigmoid", 1.75, 3.95, 3.0, 0.55, "white"),
)
for text, x, y, width, height, face in BOXES:
    box = FancyBboxPatch(
        (x, y), width, height, boxstyle="round,pad=0.05", facecolor=face, edgecolor=style.INK, linewidth=0.7
    )
    ax.add_patch(box)
    ax.text(x + width / 2, y + height / 2, text, ha="center", va="center")
arrow = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 7}
for x in (0.85, 3.25, 5.65):
    ax.annotate("", (x, 1.1), (x, 0.6), arrowprops=arrow)
    for target in (1.5, 5.0):
        ax.annotate("", (target + (x - 3.25) / 4, 2.35), (x, 1.75), arrowprops=arrow)
for start, end in ((1.5, 2.6), (5.0, 3.9)):
    ax.annotate("", (end, 3.9), (start, 3.35), arrowprops=arrow)
ax.annotate("", (3.25, 5.05), (3.25, 4.55), arrowprops=arrow)
ax.text(3.25, 5.12, "click probability", ha="center", va="bottom")
ax.text(6.75, 0.27, "ids", va="center", color=style.GRAY)
ax.text(6.75, 1.42, "shared", va="center", color=style.GRAY)
ax.set(xlim=(-0.1, 7.9), ylim=(-0.1, 5.45))
ax.axis("off")
style.save(fig, __file__)
