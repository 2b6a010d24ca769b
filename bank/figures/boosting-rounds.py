"""Test error of boosted trees by round, for three learning rates; the training error of the middle one for contrast."""

import numpy as np
from sklearn.datasets import make_friedman1
from sklearn.ensemble import GradientBoostingRegressor

import style

x, y = make_friedman1(300, noise=2.0, random_state=0)
new_x, new_y = make_friedman1(4000, noise=2.0, random_state=1)
rounds = np.arange(1, 801)


def error(predictions, target: np.ndarray) -> list[float]:
    return [float(np.sqrt(((p - target) ** 2).mean())) for p in predictions]


fig, ax = style.axes()
for rate, line in zip((1.0, 0.1, 0.02), (style.LINES[1], style.LINES[0], style.LINES[2]), strict=True):
    model = GradientBoostingRegressor(n_estimators=800, learning_rate=rate, max_depth=3, random_state=0).fit(x, y)
    test = error(model.staged_predict(new_x), new_y)
    ax.semilogx(rounds, test, **line)
    best = int(np.argmin(test))
    ax.plot(rounds[best], test[best], "o", color=line["color"], markersize=4)
    if rate == 0.1:
        ax.semilogx(rounds, error(model.staged_predict(x), y), **style.LINES[3])
for at, words in (((1.15, 2.75), "rate 1"), ((1.15, 4.0), "rate 0.1"), ((14, 4.7), "rate 0.02")):
    ax.text(*at, words)
ax.text(2.4, 0.5, "training, rate 0.1")
ax.text(1.15, 1.35, "noise")
ax.axhline(2, color=style.GRAY, linewidth=0.5)
ax.set(xlabel="round", ylabel="root mean squared error", xlim=(1, 800), ylim=(0, 6))
ax.set_xticks([1, 10, 100, 800], ["1", "10", "100", "800"])
style.save(fig, __file__)
