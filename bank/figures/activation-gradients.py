"""Derivatives of four activations: where they are small, the error signal through a unit is small."""

import numpy as np

import style

z = np.linspace(-5, 5, 501)
sigmoid = 1 / (1 + np.exp(-z))
fig, ax = style.axes()
slopes = {"ReLU": (z > 0).astype(float), "tanh": 1 - np.tanh(z) ** 2, "sigmoid": sigmoid * (1 - sigmoid)}
silu = sigmoid * (1 + z * (1 - sigmoid))
for (name, slope), line in zip({**slopes, "SiLU": silu}.items(), style.LINES, strict=True):
    ax.plot(z, slope, label=name, **line)
ax.axhline(0.25, color=style.GRAY, linewidth=0.5)
ax.text(5, 0.265, "0.25", color=style.GRAY, ha="right")
ax.set(xlabel="pre-activation $z$", ylabel="derivative", ylim=(-0.15, 1.2))
ax.legend(loc="upper left")
style.save(fig, __file__)
