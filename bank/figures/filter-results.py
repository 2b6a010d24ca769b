"""Chance that at least 10 of the candidates pass a filter, against the share of vectors that match it."""

import numpy as np
from scipy.stats import binom

import style

shares = np.logspace(-3, 0, 200)
fig, ax = style.axes()
for candidates, line in zip((1000, 200, 40), style.LINES, strict=False):
    ax.plot(shares, binom.sf(9, candidates, shares), **line)
ax.set(
    xscale="log", ylim=(0, 1.03), xlabel="share of vectors that pass the filter", ylabel="chance of 10 results or more"
)
ax.set_xticks([0.001, 0.01, 0.1, 1], ["0.1%", "1%", "10%", "100%"])
ax.minorticks_off()
ax.text(0.0075, 0.62, "1,000\ncandidates", ha="right", va="center")
ax.text(0.062, 0.42, "200", va="center")
ax.text(0.33, 0.62, "40", va="center")
style.save(fig, __file__)
