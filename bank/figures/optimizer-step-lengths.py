"""Step lengths of SGD, momentum and Adam, with and without bias correction, while the gradient stays 1."""

import numpy as np

import style

t = np.arange(1, 61)
momentum = (1 - 0.9**t) / (1 - 0.9)
uncorrected = (1 - 0.9**t) / np.sqrt(1 - 0.999**t)

fig, ax = style.axes()
ax.plot(t, momentum, **style.LINES[0])
ax.plot(t, uncorrected, **style.LINES[1])
ax.plot(t, np.ones(60), **style.LINES[3])
ax.text(59, 9.1, "momentum", ha="right", va="top")
ax.text(59, 6.1, "Adam without correction", ha="right")
ax.text(59, 1.3, "SGD, and Adam with correction", ha="right")
ax.set(xlabel="step, gradient always 1", ylabel="step length / learning rate", xlim=(0, 60), ylim=(0, 10.5))
style.save(fig, __file__)
