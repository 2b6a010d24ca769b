"""A batch of contrastive training: cosines of each question with all passages, its own on the diagonal."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

import style

COSINES = np.array(
    [
        [0.80, 0.50, 0.30, 0.75, 0.25, 0.20],
        [0.35, 0.85, 0.20, 0.30, 0.70, 0.15],
        [0.25, 0.15, 0.75, 0.20, 0.10, 0.65],
    ]
)
fig, ax = style.axes()
colors = LinearSegmentedColormap.from_list("pale", ["white", style.SKY])
for (row, column), value in np.ndenumerate(COSINES):
    own = row == column
    ax.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=colors(value), edgecolor="white", linewidth=0.5))
    ax.text(column, row, f"{value:.2f}", ha="center", va="center", weight="bold" if own else "normal")
    if own:
        ax.add_patch(
            Rectangle(
                (column - 0.47, row - 0.47), 0.94, 0.94, fill=False, edgecolor=style.ORANGE, linewidth=1.8, zorder=3
            )
        )
ax.axvline(2.5, color=style.INK, linewidth=1)
ax.set_xticks(range(6), ["1", "2", "3", "1", "2", "3"])
ax.set_yticks(range(3), ["question 1", "question 2", "question 3"])
ax.tick_params(length=0)
ax.set(xlim=(-0.5, 5.5), ylim=(2.5, -0.5))
for side in ("left", "bottom"):
    ax.spines[side].set_visible(False)
ax.text(1, -0.62, "answers", ha="center", va="bottom")
ax.text(4, -0.62, "hard negatives", ha="center", va="bottom")
ax.set_xlabel("framed: pull together; rest of the row: push apart")
style.save(fig, __file__)
