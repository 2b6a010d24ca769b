"""One wild row at the edge: least squares against the Huber loss and against the fit without that row."""

import numpy as np
from scipy.optimize import minimize
from scipy.special import huber

import style

rng = np.random.default_rng(1)
x = np.linspace(0, 10, 21)
y = 1 + 0.5 * x + rng.normal(0, 0.4, 21)
y[-1] = -8.0


def fit(x: np.ndarray, y: np.ndarray, loss) -> np.ndarray:
    return minimize(lambda line: loss(y - line[0] - line[1] * x).sum(), [1.0, 0.5], tol=1e-10).x


fits = (
    ("without the outlier", fit(x[:-1], y[:-1], np.square)),
    ("least squares", fit(x, y, np.square)),
    ("Huber, threshold 0.5", fit(x, y, lambda residual: huber(0.5, residual))),
)
fig, ax = style.axes()
ax.plot(x[:-1], y[:-1], "o", color=style.GRAY, markersize=2.5)
ax.plot(x[-1:], y[-1:], "X", color=style.INK, markersize=6)
for (name, (start, slope)), line in zip(fits, style.LINES, strict=False):
    ax.plot([0, 10], [start, start + 10 * slope], label=f"{name}: slope {slope:.2f}", **line)
ax.set(xlabel="feature", ylabel="target")
ax.legend(loc="lower left", handlelength=3)
style.save(fig, __file__)
