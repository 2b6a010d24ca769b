"""Exact densities of the standardized mean of n exponential draws, beside the normal one."""

import numpy as np
from scipy.stats import gamma, norm

import style

z = np.linspace(-3, 3.5, 1301)
fig, ax = style.axes()
for n, line in zip((1, 5, 30), (style.LINES[2], style.LINES[1], style.LINES[0]), strict=True):
    # the sum of n unit exponentials is gamma distributed, with mean n and standard deviation sqrt(n)
    density = np.sqrt(n) * gamma(n).pdf(n + z * np.sqrt(n))
    ax.plot(z, density, **line)
ax.plot(z, norm.pdf(z), **style.LINES[3])
ax.text(-0.85, 0.9, "n = 1", color=style.INK)
ax.text(0.95, 0.31, "normal", color=style.INK)
for n, at, start, color in ((30, -1.2, (-2.85, 0.32), style.BLUE), (5, -1.1, (-2.3, 0.5), style.ORANGE)):
    end = (at, np.sqrt(n) * gamma(n).pdf(n + at * np.sqrt(n)))
    ax.plot(*end, "o", color=style.INK, markersize=2.5)
    ax.annotate(f"n = {n}", end, start, color=color, arrowprops=style.LEADER)
ax.set(xlabel="standardized mean, (mean − 1) / (1/√n)", ylabel="density", xlim=(-3, 3.5), ylim=(0, 1.05))
style.save(fig, __file__)
