"""Ten noisy points around a sine, fitted by polynomials of degree 1, 3 and 9: underfitting, a good fit, overfitting."""

import numpy as np
from numpy.polynomial import legendre

import style

POINTS, NOISE = 10, 0.3
random = np.random.default_rng(4)
x, at = np.linspace(-1, 1, POINTS), np.linspace(-1, 1, 401)
y = np.sin(3 * x) + random.normal(scale=NOISE, size=POINTS)

fig, ax = style.axes()
ax.plot(at, np.sin(3 * at), color=style.GRAY, linewidth=0.8, label="truth")
for degree, line in zip((1, 3, 9), (style.LINES[3], style.LINES[0], style.LINES[1]), strict=True):
    weights = np.linalg.lstsq(legendre.legvander(x, degree), y, rcond=None)[0]
    ax.plot(at, legendre.legvander(at, degree) @ weights, label=f"degree {degree}", **line)
ax.plot(x, y, "o", color=style.INK, markersize=3.5, zorder=3)
ax.set(ylim=(-3, 2), xticks=(-1, -0.5, 0, 0.5, 1), xlabel="input", ylabel="target")
ax.legend(loc="lower left", ncols=2)
style.save(fig, __file__)
