"""A decoder-only transformer: a straight path from ids to probabilities, to which the branches of each block add."""

from matplotlib.patches import FancyBboxPatch, Rectangle

import style

PATH, BRANCH = 29, 13  # heights, in millimeters as all lengths here
BOXES = (
    (0.7, PATH, 15, "token table,\npositions", "white"),
    (26, BRANCH, 13, "norm,\nattention", style.PALE),
    (48, BRANCH, 13, "norm,\nFFN", style.PALE),
    (71, PATH, 13, "norm,\nscores", "white"),
    (71, BRANCH, 13, "softmax", "white"),
)
fig, ax = style.axes()
frame = {"facecolor": "none", "edgecolor": style.GRAY, "linewidth": 0.7, "linestyle": (0, (4, 2))}
ax.add_patch(Rectangle((19, 1), 48.5, 38.5, **frame))
for left, middle, width, name, color in BOXES:
    ax.add_patch(
        FancyBboxPatch(
            (left, middle - 4.5),
            width,
            9,
            boxstyle="round,pad=0,rounding_size=1",
            facecolor=color,
            edgecolor=style.INK,
            linewidth=0.7,
        )
    )
    ax.text(left + width / 2, middle, name, ha="center", va="center")
arrow = {"arrowstyle": "-|>", "color": style.INK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 7}
path = arrow | {"color": style.BLUE, "linewidth": 1.6}
for split, left, plus in ((22.5, 26, 41.5), (44.5, 48, 63.5)):
    ax.plot([split, split], [PATH, BRANCH], color=style.INK, linewidth=0.9)
    ax.annotate("", (left, BRANCH), (split, BRANCH), arrowprops=arrow)
    ax.plot([left + 13, plus], [BRANCH, BRANCH], color=style.INK, linewidth=0.9)
    ax.annotate("", (plus, PATH - 1.6), (plus, BRANCH), arrowprops=arrow)
    ax.plot(plus, PATH, "o", markersize=8, markerfacecolor="white", markeredgecolor=style.INK, markeredgewidth=0.7)
    ax.text(plus, PATH - 0.1, "+", ha="center", va="center")
ax.plot([15.7, 40], [PATH, PATH], color=style.BLUE, linewidth=1.6, zorder=1)
ax.plot([43, 62], [PATH, PATH], color=style.BLUE, linewidth=1.6, zorder=1)
ax.annotate("", (71, PATH), (65, PATH), arrowprops=path)
ax.annotate("", (8.2, PATH - 4.5), (8.2, BRANCH), arrowprops=arrow)
ax.annotate("", (77.5, BRANCH + 4.5), (77.5, PATH - 4.5), arrowprops=arrow)
ax.text(8.2, BRANCH - 1, "ids of\ntokens", ha="center", va="top")
ax.text(77.5, BRANCH - 6, "next token", ha="center", va="top")
ax.text(32.5, BRANCH - 6, "tokens meet", ha="center", va="top")
ax.text(54.5, BRANCH - 6, "each alone", ha="center", va="top")
ax.text(43.2, 38, "block, $L$ times", ha="center", va="top")
ax.set(xlim=(0, 85), ylim=(0, 43))
ax.axis("off")
style.save(fig, __file__)
