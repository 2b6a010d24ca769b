"""Search as narrowing steps: two ways of retrieval, a ranker and a reranker, trained by what people click."""

from matplotlib.patches import FancyBboxPatch

import style

BOXES = (  # text, left, bottom, width, fill
    ("query", 0, 3.05, 1.0, "white"),
    ("spelling,\ncategory,\nfilters", 1.5, 2.85, 1.45, "white"),
    ("word search", 3.75, 3.95, 2.0, "white"),
    ("vector search", 3.75, 2.15, 2.0, "white"),
    ("merge;\nin stock?", 6.65, 3.05, 1.5, "white"),
    ("ranker:\nboosted trees", 6.2, 0.6, 1.95, style.PALE),
    ("reranker:\nreads both", 3.75, 0.6, 1.65, style.PALE),
    ("page", 1.75, 0.6, 1.1, "white"),
    ("clicks by position,\nhuman grades", 1.0, -1.45, 2.6, "white"),
)
fig, ax = style.axes(2.1)
for text, left, bottom, width, fill in BOXES:
    height = (0.7, 1.0, 1.4)[text.count("\n")] if text != "page" and text != "query" else 1.0
    box = FancyBboxPatch(
        (left, bottom), width, height, boxstyle="round,pad=0.04", facecolor=fill, edgecolor=style.INK, linewidth=0.7
    )
    ax.add_patch(box)
    ax.text(left + width / 2, bottom + height / 2, text, ha="center", va="center")
arrow = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
for start, end in (
    ((1.05, 3.55), (1.45, 3.55)),
    ((3.0, 3.75), (3.7, 4.25)),
    ((3.0, 3.35), (3.7, 2.6)),
    ((5.8, 4.25), (6.6, 3.75)),
    ((5.8, 2.6), (6.6, 3.35)),
    ((7.4, 3.0), (7.4, 1.65)),
    ((6.15, 1.1), (5.45, 1.1)),
    ((3.7, 1.1), (2.9, 1.1)),
    ((2.3, 0.55), (2.3, -0.4)),
):
    ax.annotate("", end, start, arrowprops=arrow)
dashed = {"color": style.ORANGE, "linewidth": 1, "linestyle": (0, (4, 2))}
ax.plot((3.65, 7.2), (-0.95, -0.95), **dashed)
for x in (4.6, 7.2):
    ax.annotate("", (x, 0.55), (x, -0.97), arrowprops=arrow | dashed)
ax.text(5.9, -1.05, "train, test on later weeks", ha="center", va="top", color=style.ORANGE)
ax.text(4.75, 3.4, "20 million\nproducts", ha="center", va="center", color=style.GRAY)
for x, y, text in ((6.2, 4.35, "500"), (6.2, 2.45, "500"), (7.75, 2.3, "800"), (5.8, 1.25, "50"), (3.3, 1.25, "20")):
    ax.text(x, y, text, ha="center", va="center" if x > 6 else "bottom", color=style.GRAY)
ax.set(xlim=(-0.1, 8.35), ylim=(-1.6, 4.8))
ax.axis("off")
style.save(fig, __file__)
