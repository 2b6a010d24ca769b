"""Where sixteen NormalFloat levels lie under the density of normal weights, and where evenly spaced ones lie."""

import numpy as np
from scipy.stats import norm

import style

OUTER = 0.9677083  # the share of normal values below the outermost level, before scaling
LARGEST = 2.6  # standard deviations: the mean of the largest of 64 absolute normal values

levels = np.concatenate([norm.ppf(np.linspace(OUTER, 0.5, 9)[:-1]), [0], -norm.ppf(np.linspace(OUTER, 0.5, 8)[:-1])])
levels = np.sort(levels / levels.max())
even = np.linspace(-1, 1, 16)
fig, ax = style.axes()
x = np.linspace(-1, 1, 300)
ax.fill_between(x, norm.pdf(x * LARGEST), color=style.PALE, linewidth=0)
ax.plot(x, norm.pdf(x * LARGEST), color=style.INK, linewidth=1)
for height, values, line, name in ((-0.1, levels, style.LINES[0], "NF4"), (-0.24, even, style.LINES[1], "even")):
    ax.vlines(values, height - 0.045, height + 0.045, color=line["color"], linewidth=1.4)
    ax.text(1.1, height, name, color=line["color"], va="center")
ax.text(0.45, 0.33, "share of weights")
ax.set(xlim=(-1.15, 1.35), ylim=(-0.31, 0.43), yticks=[], xlabel="weight / largest absolute weight of its block")
ax.set_xticks([-1, -0.5, 0, 0.5, 1])
ax.spines["left"].set_visible(False)
style.save(fig, __file__)
