"""Clicks in 100 views at two percent: the binomial, the Poisson that nearly equals it, and a normal that does not."""

import numpy as np
from scipy.stats import binom, norm, poisson

import style

k = np.arange(0, 8)
x = np.linspace(-2.2, 7.5, 300)
fig, ax = style.axes()
ax.bar(k, binom.pmf(k, 100, 0.02), width=0.8, color=style.PALE, edgecolor=style.GRAY, linewidth=0.5)
ax.plot(x, norm.pdf(x, 2, 1.4), **style.LINES[1])
ax.plot(k, poisson.pmf(k, 2), linestyle="", marker="o", markersize=4, color=style.BLUE, zorder=3)
ax.annotate("Poisson, mean 2", (3, poisson.pmf(3, 2)), xytext=(4.0, 0.235), color=style.BLUE, arrowprops=style.LEADER)
ax.annotate(
    "binomial,\n100 tries at 0.02",
    (4.2, binom.pmf(4, 100, 0.02) - 0.01),
    xytext=(5.0, 0.125),
    arrowprops=style.LEADER,
)
ax.annotate(
    "normal: 8%\nbelow zero",
    (-0.7, norm.pdf(-0.7, 2, 1.4)),
    xytext=(-2.2, 0.19),
    color=style.ORANGE,
    arrowprops=style.LEADER,
)
ax.set(xlim=(-2.3, 7.5), ylim=(0, 0.3), xlabel="number of clicks", ylabel="probability", xticks=[0, 2, 4, 6])
ax.set_yticks([0, 0.1, 0.2, 0.3])
style.save(fig, __file__)
