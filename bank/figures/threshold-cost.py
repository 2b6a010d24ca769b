"""Expected cost of each threshold on calibrated probabilities: a check costs 5, a missed positive 100."""

import numpy as np
from scipy.stats import beta

import style

CHECK, MISS = 5, 100
probability = beta.ppf((np.arange(100_000) + 0.5) / 100_000, 0.5, 4.5)  # a tenth of the cases is positive
thresholds = np.linspace(0, 1, 401)
checks = CHECK * np.array([(probability >= t).mean() for t in thresholds])
misses = MISS * np.array([(probability * (probability < t)).mean() for t in thresholds])
total = checks + misses
best = thresholds[total.argmin()]

fig, ax = style.axes()
ax.plot(thresholds, total, **style.LINES[0])
ax.plot(thresholds, misses, **style.LINES[1])
ax.plot(thresholds, checks, **style.LINES[2])
ax.text(0.16, 6.4, "total", color=style.BLUE)
ax.text(0.34, 5.9, "missed positives", color=style.ORANGE)
ax.text(0.6, 0.45, "checks", color=style.INK)
for t, right, up in ((best, 0.2, -0.6), (0.5, 0.02, -0.85)):
    cost = total[np.abs(thresholds - t).argmin()]
    ax.plot(t, cost, "o", color=style.INK, markersize=4)
    ax.annotate(f"{cost:.1f} at {t:.2f}", (t, cost), (t + right, cost + up), arrowprops=style.LEADER)
ax.set(xlabel="threshold on the probability", ylabel="expected cost per case", xlim=(0, 1), ylim=(0, 10.5))
style.save(fig, __file__)
