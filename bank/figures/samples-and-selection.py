"""Share of problems solved when several answers are sampled: a checker picks a right one, or the majority decides."""

import numpy as np
from scipy.stats import binom

import style

RIGHT = (0.6, 0.2)  # chance that one sampled answer is right: half of the problems each
samples = np.arange(1, 102, 2)
checker = np.mean([1 - (1 - p) ** samples for p in RIGHT], axis=0)
majority = np.mean([binom.sf(samples // 2, samples, p) for p in RIGHT], axis=0)
fig, ax = style.axes()
ax.plot(samples, 100 * checker, label="a checker picks", **style.LINES[0])
ax.plot(samples, 100 * majority, label="majority vote", **style.LINES[1])
ax.set_xscale("log")
ax.set(xlabel="sampled answers", ylabel="problems solved (%)", ylim=(0, 104))
ax.set_xticks([1, 3, 10, 30, 100], ["1", "3", "10", "30", "100"])
ax.minorticks_off()
ax.legend(loc="lower right")
style.save(fig, __file__)
