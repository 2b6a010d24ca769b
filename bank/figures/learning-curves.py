"""Training and validation error of a straight line and of a flexible model against the number of rows."""

import numpy as np
from numpy.polynomial import Polynomial

import style

random = np.random.default_rng(5)
NOISE, SIZES, REPEATS = 0.3, np.array([12, 16, 24, 36, 60, 100, 160, 250]), 60


def sample(count):
    """Rows of a sine with noise."""
    x = random.uniform(-1, 1, size=count)
    return x, np.sin(3 * x) + random.normal(scale=NOISE, size=count)


validation = sample(4000)
fig, panels = style.axes(ncols=2, sharey=True)
for ax, degree, title in zip(panels, (1, 9), ("straight line: bias", "degree 9: variance"), strict=True):
    errors = np.zeros((len(SIZES), 2))
    for row, count in enumerate(SIZES):
        for _ in range(REPEATS):
            x, y = sample(count)
            fitted = Polynomial.fit(x, y, degree)
            errors[row] += [((fitted(x) - y) ** 2).mean(), ((fitted(validation[0]) - validation[1]) ** 2).mean()]
    errors /= REPEATS
    ax.plot(SIZES, errors[:, 0], label="training", **style.LINES[0])
    ax.plot(SIZES, errors[:, 1], label="validation", **style.LINES[1])
    ax.axhline(NOISE**2, linewidth=1, **style.LINES[3])
    ax.set(xscale="log", ylim=(0, 0.6), xlabel="training rows", title=title)
    ax.set_xticks([12, 60, 250], ["12", "60", "250"])
    ax.minorticks_off()
panels[0].set_ylabel("squared error")
panels[0].legend(loc="upper right")
panels[1].text(250, NOISE**2 - 0.012, "noise", ha="right", va="top")
style.save(fig, __file__)
