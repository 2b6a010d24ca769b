"""Exact densities of the standardised mean of n exponential draws, beside the normal one."""

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
ax.text(-0.55, 0.46, "n = 5", color=style.ORANGE)
ax.text(0.95, 0.31, "normal", color=style.INK)
ax.annotate("n = 30", (-1.45, 0.148), (-2.6, 0.28), color=style.BLUE, arrowprops={"arrowstyle": "-", "linewidth": 0.5})
ax.set(xlabel="(mean − 1) / (1/√n)", ylabel="density", xlim=(-3, 3.5), ylim=(0, 1.05))
style.save(fig, __file__)
