"""A two-tower model: the user's vector at each request, the items' vectors in advance, and their dot product."""

from matplotlib.patches import FancyBboxPatch

import style

WIDTH, HEIGHT = 1.25, 0.62
BOXES = (
    ("user,\nhistory", 0, 2.2, "white"),
    ("user\ntower", 1.75, 2.2, "white"),
    ("vector $u$", 3.5, 2.2, "white"),
    ("items", 0, 0, style.PALE),
    ("item\ntower", 1.75, 0, style.PALE),
    ("index of\nall $v$", 3.5, 0, style.PALE),
    ("largest dot\nproducts", 5.25, 1.1, "white"),
)
ARROWS = (
    ((1.25, 2.51), (1.75, 2.51)),
    ((3.0, 2.51), (3.5, 2.51)),
    ((1.25, 0.31), (1.75, 0.31)),
    ((3.0, 0.31), (3.5, 0.31)),
    ((4.75, 2.3), (5.4, 1.75)),
    ((4.75, 0.5), (5.4, 1.07)),
    ((5.87, 1.07), (5.87, 0.35)),
)
fig, ax = style.axes()
for name, x, y, color in BOXES:
    ax.add_patch(
        FancyBboxPatch(
            (x, y), WIDTH, HEIGHT, boxstyle="round,pad=0.02", facecolor=color, edgecolor=style.INK, linewidth=0.7
        )
    )
    ax.text(x + WIDTH / 2, y + HEIGHT / 2, name, ha="center", va="center")
arrow = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 1.5, "shrinkB": 1.5}
for start, end in ARROWS:
    ax.annotate("", end, start, arrowprops=arrow)
ax.text(2.37, 1.92, "at each request", ha="center", va="center", color=style.GRAY)
ax.text(2.37, 0.9, "in advance", ha="center", va="center", color=style.GRAY)
ax.text(5.87, 0.1, "candidates\nto the ranker", ha="center", va="center")
ax.set(xlim=(-0.1, 6.65), ylim=(-0.3, 3.0))
ax.axis("off")
style.save(fig, __file__)
