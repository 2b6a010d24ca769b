"""The two paths of a machine-learning system: one answers requests, the other learns from what happened."""

from matplotlib.patches import FancyBboxPatch

import style

TOP, BOTTOM, LANE = 29, 8, 18.5  # heights, in millimeters as all lengths here
STEP, WIDTH, HEIGHT = 17.4, 13.6, 8
REQUEST = ("gateway", "features", "model", "decision", "answer")
LEARNING = ("registry", "evaluation", "training", "log,\nlabels", "outcome")
fig, ax = style.axes()


def middle(column: int) -> float:
    """Return the middle of a column of boxes."""
    return 0.8 + WIDTH / 2 + STEP * column


for names, height, color in ((REQUEST, TOP, style.PALE), (LEARNING, BOTTOM, "white")):
    for column, name in enumerate(names):
        ax.add_patch(
            FancyBboxPatch(
                (middle(column) - WIDTH / 2, height - HEIGHT / 2),
                WIDTH,
                HEIGHT,
                boxstyle="round,pad=0,rounding_size=1",
                facecolor=color,
                edgecolor=style.INK,
                linewidth=0.7,
            )
        )
        ax.text(middle(column), height, name, ha="center", va="center")
arrow = {"arrowstyle": "-|>", "color": style.INK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 7}
for column in range(4):
    right, left = middle(column) + WIDTH / 2, middle(column + 1) - WIDTH / 2
    ax.annotate("", (left, TOP), (right, TOP), arrowprops=arrow | {"color": style.BLUE, "linewidth": 1.3})
    ax.annotate("", (right, BOTTOM), (left, BOTTOM), arrowprops=arrow)
for column in (3, 4):
    ax.annotate("", (middle(column), BOTTOM + HEIGHT / 2), (middle(column), TOP - HEIGHT / 2), arrowprops=arrow)
ax.plot([middle(0), middle(0), middle(2)], [BOTTOM + HEIGHT / 2, LANE, LANE], color=style.INK, linewidth=0.9)
ax.annotate("", (middle(2), TOP - HEIGHT / 2), (middle(2), LANE - 0.2), arrowprops=arrow)
dashes = {"color": style.ORANGE, "linewidth": 1, "linestyle": (0, (4, 2))}
over = TOP + HEIGHT / 2 + 2.5
ax.plot([middle(0), middle(0), middle(3)], [TOP + HEIGHT / 2, over, over], **dashes)
ax.annotate("", (middle(3), TOP + HEIGHT / 2), (middle(3), over + 0.2), arrowprops=arrow | {"color": style.ORANGE})
ax.text(middle(1.5), over + 0.6, "fallback", ha="center", va="bottom", color=style.ORANGE)
ax.text(middle(1), LANE + 0.6, "new version", ha="center", va="bottom")
ax.text(middle(4) - 1, LANE, "later", ha="right", va="center")
ax.text(85 - 0.7, over + 0.6, "the user waits", ha="right", va="bottom", color=style.BLUE)
ax.text(middle(2), BOTTOM - HEIGHT / 2 - 0.6, "takes hours", ha="center", va="top")
ax.set(xlim=(0, 85), ylim=(0, 43))
ax.axis("off")
style.save(fig, __file__)
