"""Five folds: every example is held out once, and the five scores are averaged."""

from matplotlib.patches import Rectangle

import style

FOLDS = 5
fig, ax = style.axes()
for run in range(FOLDS):
    for part in range(FOLDS):
        held_out = run == part
        color = style.ORANGE if held_out else style.PALE
        ax.add_patch(Rectangle((part, -run - 0.8), 0.94, 0.66, facecolor=color, edgecolor=style.INK, linewidth=0.5))
        ax.text(
            part + 0.47,
            -run - 0.48,
            "test" if held_out else "train",
            ha="center",
            va="center",
            color="white" if held_out else style.INK,
        )
    ax.text(-0.12, -run - 0.48, f"run {run + 1}", ha="right", va="center")
    ax.text(FOLDS + 0.1, -run - 0.48, f"score {run + 1}", ha="left", va="center")
for part in range(FOLDS):
    ax.text(part + 0.47, 0.06, f"fold {part + 1}", ha="center", va="bottom")
ax.text(FOLDS + 0.1, -FOLDS - 0.35, "mean ± spread", ha="left", va="center", color=style.BLUE, weight="bold")
ax.set(xlim=(-0.9, FOLDS + 1.75), ylim=(-FOLDS - 0.7, 0.6))
ax.axis("off")
style.save(fig, __file__)
