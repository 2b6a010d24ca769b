"""Visual search: the catalog is embedded in advance, a customer's photo on request; both meet in the index."""

from matplotlib.patches import FancyBboxPatch

import style

fig, ax = style.axes()
BOXES = (
    ("catalog\nphotos", 0, 3.7, "white"),
    ("crop, embed\n(in advance)", 2.6, 3.7, style.PALE),
    ("index of\nvectors", 5.2, 3.7, "white"),
    ("customer's\nphoto", 0, 2.0, "white"),
    ("detect object,\ncrop", 2.6, 2.0, style.PALE),
    ("embed (same\nmodel)", 5.2, 2.0, style.PALE),
    ("nearest 200\nphotos", 7.8, 2.85, style.PALE),
    ("page: same\nor similar", 5.2, 0.3, "white"),
    ("re-rank: stock,\none a product", 7.8, 0.3, style.PALE),
    ("train on clicks,\npurchases", 2.6, 0.3, "white"),
)
for text, x, y, face in BOXES:
    box = FancyBboxPatch(
        (x, y), 2.15, 1.0, boxstyle="round,pad=0.05", facecolor=face, edgecolor=style.INK, linewidth=0.7
    )
    ax.add_patch(box)
    ax.text(x + 1.075, y + 0.5, text, ha="center", va="center")
line = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
for start, end in (
    ((2.2, 4.2), (2.55, 4.2)),
    ((4.8, 4.2), (5.15, 4.2)),
    ((2.2, 2.5), (2.55, 2.5)),
    ((4.8, 2.5), (5.15, 2.5)),
    ((7.4, 4.0), (7.75, 3.6)),
    ((7.4, 2.7), (7.75, 3.1)),
    ((8.85, 2.8), (8.85, 1.35)),
    ((7.75, 0.8), (7.4, 0.8)),
    ((5.15, 0.8), (4.8, 0.8)),
    ((4.75, 1.2), (5.5, 1.95)),
):
    ax.annotate("", end, start, arrowprops=line)
ax.set(xlim=(-0.1, 10.1), ylim=(0.1, 4.9))
ax.axis("off")
style.save(fig, __file__)
