"""The null distribution of heads in 100 tosses, and the two tails that are at least as extreme as 60 heads."""

import numpy as np
from scipy.stats import binom

import style

heads = np.arange(30, 71)
chance = binom.pmf(heads, 100, 0.5)
extreme = np.abs(heads - 50) >= 10
p = binom.cdf(40, 100, 0.5) + binom.sf(59, 100, 0.5)

fig, ax = style.axes()
ax.bar(heads[~extreme], chance[~extreme], width=0.8, color=style.PALE, edgecolor=style.GRAY, linewidth=0.3)
ax.bar(heads[extreme], chance[extreme], width=0.8, color=style.ORANGE)
ax.annotate("observed: 60", (60, chance[30]), xytext=(61, 0.045), arrowprops=style.LEADER)
ax.text(31, 0.062, f"both tails together:\np = {p:.3f}", color=style.ORANGE)
ax.set(xlim=(30, 70), xlabel="heads in 100 tosses of a fair coin", ylabel="probability", yticks=[0, 0.04, 0.08])
style.save(fig, __file__)
