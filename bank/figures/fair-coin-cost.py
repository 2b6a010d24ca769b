"""Tosses for one fair result, by the bias of the coin: von Neumann's pairs, and the least that any method needs."""

import numpy as np

import style

p = np.linspace(0.03, 0.97, 400)
fig, ax = style.axes()
ax.plot(p, 1 / (p * (1 - p)), **style.LINES[0])
ax.plot(p, 1 / (-p * np.log2(p) - (1 - p) * np.log2(1 - p)), **style.LINES[1])
ax.plot([0.5, 0.8], [4, 6.25], linestyle="", marker="o", markersize=4, color=style.INK, zorder=3)
ax.text(0.5, 4.5, "4", ha="center")
ax.text(0.77, 6.5, "6.25", ha="right")
ax.text(0.5, 9.5, "von Neumann's pairs", color=style.BLUE, ha="center")
ax.text(0.5, 1.6, "no method needs fewer", color=style.ORANGE, ha="center")
ax.set(
    xlim=(0, 1),
    ylim=(0, 16),
    xlabel="probability of heads",
    ylabel="mean tosses per fair result",
    xticks=[0, 0.2, 0.5, 0.8, 1],
    yticks=[1, 4, 8, 12, 16],
)
style.save(fig, __file__)
