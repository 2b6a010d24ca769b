"""Bootstrap distributions: of an AUC, with its percentile interval, and of a maximum, where the bootstrap fails."""

import numpy as np
from scipy.stats import rankdata

import style

POSITIVES, NEGATIVES, DRAWS = 40, 80, 5000
rng = np.random.default_rng(2)
positives, negatives = rng.normal(1, 1, POSITIVES), rng.normal(0, 1, NEGATIVES)


def auc(up: np.ndarray, down: np.ndarray) -> float:
    """Return the area under the ROC curve by ranks."""
    ranks = rankdata(np.concatenate([up, down]))[: up.size]
    return (ranks.sum() - up.size * (up.size + 1) / 2) / (up.size * down.size)


estimate = auc(positives, negatives)
draws = np.array([auc(rng.choice(positives, POSITIVES), rng.choice(negatives, NEGATIVES)) for _ in range(DRAWS)])
low, high = np.quantile(draws, [0.025, 0.975])

uniform = np.random.default_rng(3).random(50)
maxima = np.random.default_rng(4).choice(uniform, (DRAWS, 50)).max(axis=1)
true_maxima = np.random.default_rng(5).random((DRAWS, 50)).max(axis=1)

weights = np.full(DRAWS, 1 / DRAWS)
share = 100 * (maxima == uniform.max()).mean()

fig, panels = style.axes(ncols=2)
ax = panels[0]
ax.hist(draws, bins=30, weights=weights, color=style.SKY)
ax.axvline(estimate, ymax=0.86, color=style.INK, linewidth=1)
for bound in (low, high):
    ax.axvline(bound, ymax=0.86, color=style.ORANGE, linewidth=1.2, linestyle=(0, (4, 2)))
    ax.text(bound, 0.105, f"{bound:.2f}", ha="center", color=style.ORANGE)
ax.text(estimate, 0.105, f"{estimate:.2f}", ha="center")
ax.set(xlabel="AUC of a resample", ylabel="share of resamples", ylim=(0, 0.12), yticks=[0, 0.05, 0.1])
ax.set_title("AUC: works")

ax = panels[1]
bins = np.linspace(0.86, 1, 29)
ax.hist(maxima, bins=bins, weights=weights, color=style.SKY)
ax.hist(true_maxima, bins=bins, weights=weights, histtype="step", color=style.INK, linewidth=1)
ax.text(uniform.max() - 0.012, 0.58, f"{share:.0f}% at\nthe sample\nmaximum", ha="right", va="center")
ax.text(0.99, 0.25, "true", ha="center")
ax.set(xlabel="maximum of 50 values", ylim=(0, 0.75), yticks=[0, 0.2, 0.4, 0.6], xticks=[0.88, 0.92, 0.96, 1])
ax.set_title("maximum: fails")
style.save(fig, __file__)
