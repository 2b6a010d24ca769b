"""Rolling-origin evaluation with an expanding window: eight folds of three months, and a last block for the end."""

from matplotlib.patches import Rectangle

import style

FIRST, HORIZON, MONTHS = 12, 3, 36

fig, ax = style.axes()
cutoffs = range(FIRST, MONTHS, HORIZON)
for row, cutoff in enumerate(cutoffs):
    for left, width, face in ((0, cutoff, style.PALE), (cutoff, HORIZON, style.ORANGE)):
        ax.add_patch(Rectangle((left, -row - 0.7), width, 0.7, facecolor=face, edgecolor=style.INK, linewidth=0.5))
low, high = 0.3 - len(cutoffs), len(cutoffs) - 0.3
ax.add_patch(Rectangle((MONTHS, low), HORIZON, high, facecolor=style.SHADE, edgecolor=style.INK, linewidth=0.5))
ax.text(MONTHS + HORIZON / 2, -len(cutoffs) / 2 + 0.15, "kept for the end", rotation=90, ha="center", va="center")
ax.text(FIRST + HORIZON + 0.6, -0.35, "test: the next 3 months", va="center", color=style.ORANGE)
ax.text(FIRST + 2 * HORIZON + 0.6, -1.35, "train: all months before", va="center", color=style.BLUE)
ax.set(xlim=(0, MONTHS + HORIZON + 0.2), ylim=(-len(cutoffs), 0.1))
ax.set_xticks(range(0, MONTHS + 1, FIRST))
ax.set_yticks([-row - 0.35 for row in range(len(cutoffs))], [str(row + 1) for row in range(len(cutoffs))])
ax.tick_params(axis="y", length=0)
ax.spines["left"].set_visible(False)
ax.set_xlabel("month")
ax.set_ylabel("fold")
style.save(fig, __file__)
