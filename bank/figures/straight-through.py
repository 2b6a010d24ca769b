"""Rounding to four codes in the forward pass, and the line that the straight-through estimator uses instead."""

import numpy as np

import style

LOWEST, HIGHEST = -2, 1  # the codes of two bits

fig, ax = style.axes()
edges = [-3.2, *(code + 0.5 for code in range(LOWEST, HIGHEST)), 2.2]
for code, left, right in zip(range(LOWEST, HIGHEST + 1), edges, edges[1:], strict=False):
    ax.plot([left, right], [code, code], **style.LINES[0])
    if right < edges[-1]:
        ax.plot([right, right], [code, code + 1], color=style.BLUE, linewidth=0.6, linestyle=":")
line = np.array([-3.2, LOWEST - 0.5, HIGHEST + 0.5, 2.2])
ax.plot(line, np.clip(line, LOWEST - 0.5, HIGHEST + 0.5), **style.LINES[1])
ax.text(-0.75, -1.25, "forward: rounded", color=style.BLUE, ha="left", va="center")
ax.text(-1.1, 0.55, "backward: slope 1\ninside the range", color=style.ORANGE, ha="right", va="center")
ax.text(1.55, 1.82, "slope 0", color=style.ORANGE, ha="left", va="center")
ax.text(-3.15, -2.9, "slope 0", color=style.ORANGE, ha="left", va="center")
ax.set(xlim=(-3.25, 2.25), ylim=(-3.25, 2.15), xticks=range(-3, 3), yticks=range(LOWEST, HIGHEST + 1))
ax.set_xlabel("weight, in steps")
ax.set_ylabel("value used")
style.save(fig, __file__)
