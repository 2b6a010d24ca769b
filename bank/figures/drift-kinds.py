"""Two ways in which the world of a model moves: the inputs, or what they mean for the target."""

import numpy as np

import style

x = np.linspace(0, 10, 201)


def density(center: float) -> np.ndarray:
    """Return a normal density of standard deviation 1.2, half a unit high at its center."""
    return 0.5 * np.exp(-(((x - center) / 1.2) ** 2) / 2)


def chance(middle: float) -> np.ndarray:
    """Return the probability of a positive case, one half at the middle."""
    return 1 / (1 + np.exp(-1.4 * (x - middle)))


fig, (inputs, meaning) = style.axes(ncols=2, sharey=True)
before, now = style.LINES[:2]
for ax, centers, middles in ((inputs, (3, 6), (5, 5)), (meaning, (5, 5), (2.4, 7.4))):
    ax.fill_between(x, density(centers[0]), facecolor=style.PALE, edgecolor="none")
    ax.plot(x, density(centers[0]), linewidth=1, color=before["color"])
    ax.plot(x, chance(middles[0]), **before)
    if centers[0] != centers[1]:
        ax.plot(x, density(centers[1]), **now | {"linewidth": 1})
    if middles[0] != middles[1]:
        ax.plot(x, chance(middles[1]), **now)
    ax.set(xlim=(0, 10), ylim=(0, 1.08), xticks=[], yticks=[], xlabel="$x$")
inputs.set_title("covariate shift")
meaning.set_title("concept drift")
inputs.text(9.9, 0.9, r"$p(y\mid x)$", ha="right", va="top")
inputs.text(2.9, 0.53, "$p(x)$", ha="center", va="bottom", color=before["color"])
inputs.text(6.5, 0.53, "now", ha="left", va="bottom", color=now["color"])
meaning.text(3.3, 0.64, "before", ha="left", va="bottom", color=before["color"])
meaning.text(7.5, 0.64, "now", ha="right", va="bottom", color=now["color"])
meaning.text(5, 0.08, "$p(x)$", ha="center", va="bottom", color=before["color"])
style.save(fig, __file__)
