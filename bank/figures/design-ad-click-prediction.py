"""Ad ranking as a loop: a request passes from a million ads to one, and its outcome trains the next model."""

from matplotlib.patches import FancyBboxPatch

import style

BOXES = (  # text, left, bottom, width, fill
    ("page\nrequest", 0, 3.4, 1.15, "white"),
    ("targeting\nrules", 2.6, 3.4, 1.4, "white"),
    ("light\nmodel", 4.85, 3.4, 1.15, "white"),
    ("full model:\nclick prob. p", 6.75, 3.4, 1.85, style.PALE),
    ("auction:\nbid × p", 6.75, 1.7, 1.85, "white"),
    ("bids,\nbudgets", 4.6, 1.7, 1.35, "white"),
    ("ad shown", 6.75, 0, 1.85, "white"),
    ("log: displays\nand clicks", 4.1, 0, 1.95, "white"),
    ("join, keep 10%\nof non-clicks", 1.35, 0, 2.15, "white"),
    ("train,\ntest on\nnext day", 1.35, 1.6, 2.15, "white"),
)
HEIGHT = 0.95
fig, ax = style.axes(2.1)
for text, left, bottom, width, fill in BOXES:
    height = HEIGHT + 0.15 * (text.count("\n") > 1)
    box = FancyBboxPatch(
        (left, bottom), width, height, boxstyle="round,pad=0.04", facecolor=fill, edgecolor=style.INK, linewidth=0.7
    )
    ax.add_patch(box)
    ax.text(left + width / 2, bottom + height / 2, text, ha="center", va="center")
arrow = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
for start, end in (
    ((1.2, 3.87), (2.55, 3.87)),
    ((4.05, 3.87), (4.8, 3.87)),
    ((6.05, 3.87), (6.7, 3.87)),
    ((7.67, 3.35), (7.67, 2.7)),
    ((6.0, 2.17), (6.7, 2.17)),
    ((7.67, 1.65), (7.67, 1.0)),
    ((6.7, 0.47), (6.1, 0.47)),
    ((4.05, 0.47), (3.55, 0.47)),
    ((2.42, 1.0), (2.42, 1.55)),
):
    ax.annotate("", end, start, arrowprops=arrow)
ax.plot((2.42, 2.42), (2.75, 3.05), color=style.ORANGE, linewidth=1, linestyle=(0, (4, 2)))
ax.plot((2.42, 7.1), (3.05, 3.05), color=style.ORANGE, linewidth=1, linestyle=(0, (4, 2)))
ax.annotate("", (7.1, 3.36), (7.1, 3.04), arrowprops=arrow | {"color": style.ORANGE})
ax.text(4.6, 2.97, "new model, daily", ha="center", va="top", color=style.ORANGE)
for x, text in ((1.87, "1 million\nads"), (4.43, "1,000"), (6.35, "100")):
    ax.text(x, 4.0, text, ha="center", va="bottom", color=style.GRAY)
ax.set(xlim=(-0.1, 8.75), ylim=(-0.15, 4.75))
ax.axis("off")
style.save(fig, __file__)
