"""The loop of reinforcement learning: an action goes out, a reward and the next state come back."""

from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

import style

fig, ax = style.axes()
for y, name, note in ((2.6, "agent", "policy: state to action"), (0, "environment", "game, robot, user")):
    ax.add_patch(
        FancyBboxPatch(
            (3, y), 4, 1.3, boxstyle="round,pad=0.1", facecolor=style.PALE, edgecolor=style.INK, linewidth=0.7
        )
    )
    ax.text(5, y + 0.92, name, ha="center", va="center", fontweight="bold")
    ax.text(5, y + 0.32, note, ha="center", va="center")
arrow = {"arrowstyle": "-|>", "mutation_scale": 9, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
ax.add_patch(FancyArrowPatch((7.12, 3.25), (7.12, 0.65), connectionstyle="arc3,rad=-0.55", color=style.BLUE, **arrow))
ax.add_patch(FancyArrowPatch((2.88, 0.65), (2.88, 3.25), connectionstyle="arc3,rad=-0.55", color=style.ORANGE, **arrow))
ax.text(8.35, 1.95, "action $A_t$", color=style.BLUE, va="center")
ax.text(1.65, 2.3, "reward $R_{t+1}$", color=style.ORANGE, va="center", ha="right")
ax.text(1.65, 1.6, "next state $S_{t+1}$", color=style.ORANGE, va="center", ha="right")
ax.set(xlim=(-1, 11), ylim=(-0.3, 4.2))
ax.axis("off")
style.save(fig, __file__)
