"""The log-normal density with mu = 0 and sigma = 1: its mode, median and mean, and the share below the mean."""

import numpy as np
from scipy.stats import lognorm, norm

import style

x = np.linspace(0.001, 5, 600)
curve = lognorm(1)
mode, median, mean = np.exp(-1), 1.0, np.exp(0.5)
below = x <= mean

fig, ax = style.axes()
ax.fill_between(x[below], curve.pdf(x[below]), color=style.PALE, linewidth=0)
ax.plot(x, curve.pdf(x), color=style.INK)
for (name, place), line, height in zip(
    (("mode", mode), ("median", median), ("mean", mean)), style.LINES, (0.72, 0.58, 0.44), strict=False
):
    ax.plot((place, place), (0, height), **line)
    color = style.INK if name == "mean" else line["color"]
    ax.text(place + 0.06, height, f"{name} {place:.2f}", color=color, va="center")
ax.annotate(
    f"{norm.cdf(0.5):.0%} of the values\nlie below the mean",
    (1.4, 0.1),
    xytext=(2.6, 0.24),
    arrowprops=style.LEADER,
    va="center",
)
ax.set(xlim=(0, 5), ylim=(0, 0.78), xlabel="value", ylabel="density", yticks=[0, 0.2, 0.4, 0.6])
style.save(fig, __file__)
