"""The weight of a pair in the data and on the t-SNE map: the same weight lies further out on the map."""

import numpy as np

import style

LEVEL = 0.05

distance = np.linspace(0, 6, 241)
fig, ax = style.axes()
ax.plot(distance, np.exp(-(distance**2) / 2), **style.LINES[1])
ax.plot(distance, 1 / (1 + distance**2), **style.LINES[0])
start, end = np.sqrt(-2 * np.log(LEVEL)), np.sqrt(1 / LEVEL - 1)
ax.plot([start, end], [LEVEL, LEVEL], "o", color=style.INK, markersize=3)
arrow = {"arrowstyle": "-|>", "color": style.INK, "linewidth": 0.9, "shrinkA": 2, "shrinkB": 2, "mutation_scale": 8}
ax.annotate("", (end, LEVEL), (start, LEVEL), arrowprops=arrow)
ax.text(1.5, 0.62, r"data: $e^{-d^2/2}$", color=style.ORANGE)
ax.text(2.3, 0.27, r"map: $1/(1+d^2)$", color=style.BLUE)
ax.annotate("same weight,\nfurther out", ((start + end) / 2, LEVEL), (4.4, 0.4), arrowprops=style.LEADER)
ax.set(xlabel="distance $d$", ylabel="weight of a pair", xlim=(0, 6), ylim=(0, 1.03))
ax.set_yticks([0, 0.25, 0.5, 0.75, 1])
style.save(fig, __file__)
