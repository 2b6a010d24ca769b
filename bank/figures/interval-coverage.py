"""Forty 95% intervals from repeated samples: about one of twenty misses the true mean, which never moves."""

import numpy as np

import style

MEAN, DEVIATION, SIZE, RUNS = 50, 10, 40, 40
rng = np.random.default_rng(3)
samples = rng.normal(MEAN, DEVIATION, size=(RUNS, SIZE))
means = samples.mean(axis=1)
half = 2.023 * samples.std(axis=1, ddof=1) / np.sqrt(SIZE)  # quantile of Student's t with 39 degrees of freedom
missed = np.abs(means - MEAN) > half

fig, ax = style.axes()
ax.plot([MEAN, MEAN], [-1, RUNS + 1], linewidth=1, **style.LINES[3])
for run in range(RUNS):
    line = style.LINES[1] if missed[run] else style.LINES[0]
    ax.plot([means[run] - half[run], means[run] + half[run]], [run, run], linewidth=0.9, color=line["color"])
    ax.plot(means[run], run, marker="o", markersize=1.8, color=line["color"])
ax.text(MEAN, RUNS + 1.5, "true mean", va="bottom", ha="center")
ax.set(ylim=(-1, RUNS + 7), yticks=[], ylabel="repeated samples of 40")
ax.set_xlabel(f"95% intervals; {missed.sum()} of {RUNS} miss the mean (orange)")
style.save(fig, __file__)
