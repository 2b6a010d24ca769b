"""A reward that pays for length: its gain and the users' gain while the mean length moves away from the start."""

import numpy as np

import style

shift = np.linspace(0, 4.4, 221)  # of the mean length, in its standard deviations
divergence = shift**2 / 2
users = 0.4 * shift - 0.1 * shift**2  # the mean of l - l^2 / 10, start at 3

fig, ax = style.axes()
ax.axhline(0, color=style.GRAY, linewidth=0.6)
ax.plot(divergence, shift, **style.LINES[0])
ax.plot(divergence, 4 * users, **style.LINES[1])
ax.plot(2, 1.6, "o", color=style.ORANGE, markersize=4)
ax.text(1.6, 3.05, "reward model", color=style.BLUE)
ax.text(4.5, 1.5, "users (drawn 4 times as high)", color=style.ORANGE)
ax.annotate("stop here", (2, 1.5), (2, 0.45), ha="center", arrowprops=style.LEADER)
ax.set(xlim=(0, 9.7), ylim=(-1, 4.6), xlabel="KL divergence from the starting model", ylabel="gain", yticks=[0, 2, 4])
style.save(fig, __file__)
