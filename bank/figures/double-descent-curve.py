"""Test error of minimum-norm least squares against the number of features, simulated, for 40 training rows."""

import numpy as np

import style

random = np.random.default_rng(6)
ROWS, ALL, NOISE, REPEATS = 40, 400, 0.5, 200
COUNTS = np.array([2, 5, 10, 15, 20, 25, 30, 34, 37, 39, 40, 41, 43, 46, 50, 60, 80, 110, 150, 200, 300, 400])
weights = random.normal(size=ALL)
weights /= np.linalg.norm(weights)
errors = {"test": np.zeros(len(COUNTS)), "training": np.zeros(len(COUNTS))}
for _ in range(REPEATS):
    x, fresh = random.normal(size=(ROWS, ALL)), random.normal(size=(200, ALL))
    y, y_fresh = (each @ weights + random.normal(scale=NOISE, size=len(each)) for each in (x, fresh))
    for n, count in enumerate(COUNTS):
        fitted = np.linalg.pinv(x[:, :count]) @ y
        errors["test"][n] += ((fresh[:, :count] @ fitted - y_fresh) ** 2).mean() / REPEATS
        errors["training"][n] += ((x[:, :count] @ fitted - y) ** 2).mean() / REPEATS

fig, ax = style.axes()
ax.plot(COUNTS, errors["test"], label="test", **style.LINES[0])
ax.plot(COUNTS, errors["training"], label="training", **style.LINES[1])
ax.axvline(ROWS, color=style.GRAY, linewidth=0.6)
ax.text(ROWS * 1.06, 0.35, "features = rows", color=style.GRAY)
ax.set(xscale="log", yscale="symlog", ylim=(0, 100), xlabel="features used", ylabel="squared error")
ax.set_xticks([2, 10, 40, 100, 400], ["2", "10", "40", "100", "400"])
ax.minorticks_off()
ax.legend(loc="upper left")
style.save(fig, __file__)
