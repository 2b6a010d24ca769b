"""Fourteen of twenty: two posteriors, by a uniform and a skeptical prior, and the confidence interval below."""

import numpy as np
from scipy.stats import beta

import style

t = np.linspace(0.2, 1, 400)
fig, ax = style.axes()
ax.axvline(0.5, color=style.GRAY, linewidth=0.6, linestyle=":")
ax.plot(t, beta(15, 7).pdf(t), **style.LINES[0])
ax.plot(t, beta(34, 26).pdf(t), **style.LINES[1])
half = 1.96 * np.sqrt(0.7 * 0.3 / 20)
ax.errorbar(0.7, -0.8, xerr=half, fmt="o", markersize=4, capsize=3, color=style.INK, linewidth=1.2)
ax.text(0.7, -1.9, "95% confidence interval", ha="center")
ax.annotate(
    "uniform prior", (0.79, beta(15, 7).pdf(0.79)), xytext=(0.83, 4.0), color=style.BLUE, arrowprops=style.LEADER
)
ax.annotate(
    "skeptical\nprior", (0.48, beta(34, 26).pdf(0.48)), xytext=(0.24, 3.6), color=style.ORANGE, arrowprops=style.LEADER
)
ax.set(
    xlim=(0.2, 1.02),
    ylim=(-2.1, 6.8),
    xlabel="share that prefers design B",
    ylabel="posterior density",
    xticks=[0.25, 0.5, 0.7, 0.9],
    yticks=[0, 2, 4, 6],
)
style.save(fig, __file__)
