"""What a decoder knows of the source: its last state only, or an average of all states by attention weights."""

import numpy as np
from matplotlib.patches import Rectangle

import style

WORDS, SCORES = ("the", "black", "cat", "sleeps"), np.array([0, 1, 3, 0.0])
WEIGHTS = np.exp(SCORES) / np.exp(SCORES).sum()

fig, panels = style.axes(1.9, ncols=2)
for ax, title in zip(panels, ("without attention", "with attention"), strict=True):
    ax.set_title(title)
    for i, word in enumerate(WORDS):
        ax.add_patch(Rectangle((i - 0.3, 0), 0.6, 0.6, facecolor=style.PALE, edgecolor=style.INK, linewidth=0.7))
        ax.text(i, 0.3, f"$h_{i + 1}$", ha="center", va="center")
        ax.text(i, -0.3, word, ha="center", va="center")
        if i:
            ax.annotate(
                "",
                (i - 0.3, 0.3),
                (i - 0.7, 0.3),
                arrowprops={"arrowstyle": "-|>", "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0},
            )
    ax.add_patch(Rectangle((0.75, 3.3), 1.5, 0.7, facecolor="white", edgecolor=style.INK, linewidth=0.7))
    ax.text(1.5, 3.65, "decoder", ha="center", va="center")
    ax.annotate("", (1.5, 4.6), (1.5, 4.05), arrowprops={"arrowstyle": "-|>", "linewidth": 0.9})
    ax.text(1.5, 4.8, '"chat"', ha="center", va="center")
    ax.set(xlim=(-0.6, 3.7), ylim=(-0.7, 5.1))
    ax.axis("off")
panels[0].annotate("", (1.9, 3.25), (3, 0.65), arrowprops={"arrowstyle": "-|>", "linewidth": 1.5, "color": style.BLUE})
panels[0].text(0.55, 2, "last state only", ha="center", va="center")
for i, weight in enumerate(WEIGHTS):
    panels[1].plot((i, 1.5), (0.62, 2.3), color=style.BLUE, linewidth=0.5 + 5 * weight, solid_capstyle="butt", zorder=0)
    panels[1].text(
        i,
        1.05,
        f"{weight:.2f}",
        ha="center",
        va="center",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
    )
panels[1].text(
    1.5,
    2.5,
    "context $c$",
    ha="center",
    va="center",
    bbox={"facecolor": "white", "edgecolor": style.INK, "pad": 1.5, "linewidth": 0.7},
)
panels[1].annotate("", (1.5, 3.25), (1.5, 2.8), arrowprops={"arrowstyle": "-|>", "linewidth": 0.9})
style.save(fig, __file__)
