"""A pre-norm decoder block: a straight path, and two branches that read it and add to it."""

from matplotlib.patches import FancyBboxPatch

import style

PATH, BRANCH = 2.4, 0.5
BOXES = (
    ("RMS\nnorm", 0.6, "white"),
    ("attention,\nq and k\nrotated", 1.9, style.PALE),
    ("RMS\nnorm", 4.5, "white"),
    ("SwiGLU", 5.8, style.PALE),
)
fig, ax = style.axes()
arrow = {"arrowstyle": "-|>", "color": style.INK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0}
for name, left, color in BOXES:
    ax.add_patch(
        FancyBboxPatch(
            (left, BRANCH - 0.5),
            0.95 if "norm" in name else 1.5,
            1,
            boxstyle="round,pad=0.04",
            facecolor=color,
            edgecolor=style.INK,
            linewidth=0.7,
        )
    )
    ax.text(left + (0.475 if "norm" in name else 0.75), BRANCH, name, ha="center", va="center")
for split, norm_left, work_left, plus in ((0.2, 0.6, 1.9, 3.6), (4.15, 4.5, 5.8, 7.5)):
    ax.plot([split, split], [PATH, BRANCH], color=style.INK, linewidth=0.9)
    ax.annotate("", (norm_left - 0.05, BRANCH), (split, BRANCH), arrowprops=arrow)
    ax.annotate("", (work_left - 0.05, BRANCH), (norm_left + 1.0, BRANCH), arrowprops=arrow)
    ax.plot([work_left + 1.55, plus], [BRANCH, BRANCH], color=style.INK, linewidth=0.9)
    ax.annotate("", (plus, PATH - 0.2), (plus, BRANCH), arrowprops=arrow)
    ax.plot(
        plus, PATH, marker="o", markersize=11, markerfacecolor="white", markeredgecolor=style.INK, markeredgewidth=0.7
    )
    ax.text(plus, PATH - 0.01, "+", ha="center", va="center", fontsize=9)
ax.plot([-0.4, 3.38], [PATH, PATH], color=style.BLUE, linewidth=1.8, zorder=0)
ax.plot([3.82, 7.28], [PATH, PATH], color=style.BLUE, linewidth=1.8, zorder=0)
ax.annotate("", (8.5, PATH), (7.72, PATH), arrowprops=arrow | {"color": style.BLUE, "linewidth": 1.8})
ax.text(-0.45, PATH, "$x$", ha="right", va="center", fontsize=9)
ax.text(8.6, PATH, "$y$", ha="left", va="center", fontsize=9)
ax.text(1.8, PATH + 0.15, "straight path", ha="center", va="bottom", color=style.BLUE)
ax.text(5.65, PATH + 0.15, "$h$", ha="center", va="bottom", color=style.BLUE)
ax.set(xlim=(-0.9, 9.1), ylim=(-0.3, 3.2))
ax.axis("off")
style.save(fig, __file__)
