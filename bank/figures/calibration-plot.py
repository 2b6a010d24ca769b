"""Reliability diagram of a naive Bayes classifier on correlated features, before and after isotonic regression."""

import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.naive_bayes import GaussianNB

import style


def sample(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Two signals, each measured three times: naive Bayes counts every copy as new evidence."""
    label = rng.integers(0, 2, n)
    signals = rng.normal(size=(n, 2)) + 0.9 * label[:, None]
    return np.repeat(signals, 3, axis=1) + rng.normal(0, 0.2, (n, 6)), label


def reliability(score: np.ndarray, label: np.ndarray, bins: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Mean score and share of positives in each bin of rows."""
    return np.array([score[b].mean() for b in bins]), np.array([label[b].mean() for b in bins])


rng = np.random.default_rng(0)
model = GaussianNB().fit(*sample(rng, 5_000))
held_out, test = sample(rng, 5_000), sample(rng, 20_000)
isotonic = IsotonicRegression(out_of_bounds="clip").fit(model.predict_proba(held_out[0])[:, 1], held_out[1])
raw = model.predict_proba(test[0])[:, 1]
# Isotonic regression keeps the order but ties many rows, so both curves take their ten bins from the raw score.
bins = np.array_split(np.argsort(raw, kind="stable"), 10)

fig, ax = style.axes()
ax.plot([0, 1], [0, 1], color=style.GRAY, linewidth=0.7)
for score, line, marker in ((raw, style.LINES[1], "s"), (isotonic.predict(raw), style.LINES[0], "o")):
    ax.plot(*reliability(score, test[1], bins), marker=marker, markersize=3, clip_on=False, **line)
ax.text(0.15, 0.5, "naive Bayes", color=style.ORANGE)
ax.text(0.5, 0.25, "after isotonic\nregression", color=style.BLUE)
ax.set(xlabel="mean score in the bin", ylabel="share of positives in the bin", xlim=(0, 1), ylim=(0, 1))
style.save(fig, __file__)
