"""Losses of a binary classifier against the margin: zero-one, hinge, logistic (base 2) and exponential."""

import numpy as np

import style

margin = np.linspace(-2, 2.5, 451)
losses = {
    "hinge": np.maximum(0, 1 - margin),
    "logistic / log 2": np.log2(1 + np.exp(-margin)),
    "exponential": np.exp(-margin),
    "zero-one": (margin <= 0).astype(float),
}
fig, ax = style.axes()
for (name, values), line in zip(losses.items(), style.LINES, strict=True):
    ax.plot(margin, values, label=name, **line)
ax.set(xlabel="margin $y\\,f(x)$", ylabel="loss", ylim=(0, 3.2))
ax.legend(loc="upper right")
style.save(fig, __file__)
