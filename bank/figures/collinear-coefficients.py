"""Least-squares coefficients of 400 simulated data sets, with uncorrelated and with strongly correlated features."""

import numpy as np

import style

ROWS, SETS = 100, 400
fig, panels = style.axes(ncols=2, sharex=True, sharey=True)
for ax, correlation, color in zip(panels, (0.0, 0.95), (style.BLUE, style.ORANGE), strict=True):
    rng = np.random.default_rng(1)
    mixing = np.linalg.cholesky([[1, correlation], [correlation, 1]])
    found = []
    for _ in range(SETS):
        features = rng.normal(size=(ROWS, 2)) @ mixing.T
        target = features.sum(axis=1) + rng.normal(size=ROWS)  # both true coefficients are 1
        found.append(np.linalg.lstsq(features, target, rcond=None)[0])
    first, second = np.array(found).T
    ax.plot(first, second, "o", color=color, markersize=1.3)
    ax.plot(1, 1, "X", color=style.INK, markersize=5)
    ax.set_title(f"correlation {correlation:g}")
    ax.text(2.12, 2.0, f"sd of one {first.std():.2f}\nsd of sum {(first + second).std():.2f}", ha="right", va="top")
    ax.set(xlabel="coefficient 1", xlim=(0, 2), ylim=(0, 2), xticks=[0, 1, 2], yticks=[0, 1, 2], aspect="equal")
panels[0].set_ylabel("coefficient 2")
style.save(fig, __file__)
