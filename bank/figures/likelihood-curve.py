"""The likelihood of seven heads in ten tosses, for every probability of heads: highest at 0.7."""

import numpy as np

import style

p = np.linspace(0, 1, 401)
likelihood = 120 * p**7 * (1 - p) ** 3
fig, ax = style.axes()
ax.plot(p, likelihood, **style.LINES[0])
ax.fill_between(p, likelihood, color=style.PALE, linewidth=0)
ax.plot([0.7, 0.7], [0, likelihood.max()], linewidth=1, **style.LINES[3])
ax.plot(0.5, 120 * 0.5**10, marker="o", markersize=4, color=style.ORANGE, zorder=3)
ax.annotate("fair coin:\n0.117", (0.5, 120 * 0.5**10), xytext=(0.24, 0.16), arrowprops=style.LEADER)
ax.annotate("maximum at 0.7:\n0.267", (0.7, likelihood.max()), xytext=(0.3, 0.25), arrowprops=style.LEADER)
ax.set(
    xlim=(0, 1),
    ylim=(0, 0.3),
    xlabel="probability of heads",
    ylabel="probability of 7 heads in 10",
    yticks=[0, 0.1, 0.2, 0.3],
)
style.save(fig, __file__)
