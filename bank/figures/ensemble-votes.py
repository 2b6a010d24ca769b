"""Error of a majority vote of members that are each right 70% of the time: independent members, and correlated ones."""

import numpy as np
from scipy.stats import binom

import style

members = np.arange(1, 52, 2)
independent = binom.cdf(members // 2, members, 0.7)
rng = np.random.default_rng(0)
# Correlated: with probability 0.5 a member copies one common guess, else it guesses for itself.
common = rng.random((20000, 1)) < 0.7
own = rng.random((20000, 51)) < 0.7
right = np.where(rng.random((20000, 51)) < 0.5, common, own)
correlated = np.array([(right[:, :n].mean(axis=1) < 0.5).mean() for n in members])

fig, ax = style.axes()
ax.plot(members, independent, **style.LINES[0])
ax.plot(members, correlated, **style.LINES[1])
ax.axhline(0.3, linewidth=1, **style.LINES[3])
ax.text(50, 0.305, "one member alone", ha="right", va="bottom")
ax.text(26, 0.035, "independent errors", color=style.BLUE)
ax.text(50, 0.235, "half of their guesses shared", color=style.ORANGE, ha="right")
ax.set(xlim=(1, 51), ylim=(0, 0.34), xlabel="members that vote", ylabel="error of the vote", yticks=[0, 0.1, 0.2, 0.3])
style.save(fig, __file__)
