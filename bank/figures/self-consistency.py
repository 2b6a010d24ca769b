"""Accuracy by the number of samples: voting on easy, hard and mixed questions, and a perfect checker on hard ones."""

import numpy as np
from scipy.stats import binom

import style

samples = np.arange(1, 32, 2)


def vote(p):
    return binom.sf(samples // 2, samples, p)


fig, ax = style.axes()
ax.plot(samples, vote(0.85), **style.LINES[0])
ax.plot(samples, 1 - 0.6**samples, **style.LINES[3])
ax.plot(samples, (vote(0.85) + vote(0.4)) / 2, **style.LINES[2])
ax.plot(samples, vote(0.4), **style.LINES[1])
ax.text(31, 0.955, "vote, p = 0.85", ha="right", va="top", color=style.BLUE)
ax.text(4.8, 0.78, "perfect checker, p = 0.4", color=style.INK)
ax.text(31, 0.665, "vote, half p = 0.85, half p = 0.4", ha="right", color=style.INK)
ax.text(31, 0.2, "vote, p = 0.4", ha="right", color=style.ORANGE)
ax.set(xlim=(1, 31), ylim=(0, 1.04), xlabel="samples", ylabel="share of right answers", yticks=[0, 0.5, 1])
style.save(fig, __file__)
