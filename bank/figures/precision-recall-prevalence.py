"""Precision against recall for one pair of score distributions, and so one ROC curve, at three prevalences."""

import numpy as np
from scipy.stats import norm

import style

cuts = np.linspace(6, -4, 20_001)
recall, false_positive_rate = norm.sf(cuts - 2), norm.sf(cuts)  # negatives N(0, 1), positives N(2, 1)

fig, ax = style.axes()
for prevalence, line, at in zip((0.5, 0.1, 0.01), style.LINES, ((0.5, 1.0), (0.2, 0.58), (0.42, 0.27)), strict=False):
    precision = prevalence * recall / (prevalence * recall + (1 - prevalence) * false_positive_rate)
    area = np.sum(np.diff(recall) * precision[1:])
    ax.plot(recall[::20], precision[::20], **line)
    ax.axhline(prevalence, color=style.GRAY, linewidth=0.5)
    ax.text(*at, f"{prevalence:.0%} positive, AP {area:.2f}")
ax.set(xlabel="recall", ylabel="precision", xlim=(0, 1), ylim=(0, 1.09))
style.save(fig, __file__)
