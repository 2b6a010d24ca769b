"""Variance of a mean of B predictors, relative to one of them, for three correlations between them."""

import numpy as np

import style

members = np.geomspace(1, 1000, 200)
fig, ax = style.axes()
for correlation, line in zip((0.6, 0.3, 0.05), style.LINES, strict=False):
    ax.semilogx(members, correlation + (1 - correlation) / members, **line)
    ax.axhline(correlation, color=style.GRAY, linewidth=0.5)
    ax.text(1000, correlation + 0.03, f"correlation {correlation}", color=style.INK, ha="right")
ax.set(xlabel="number of trees B", ylabel="variance / variance of one tree", xlim=(1, 1000), ylim=(0, 1.02))
ax.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
style.save(fig, __file__)
