"""Loss of direct preference optimization, and the weight of a pair, against its margin."""

import numpy as np

import style

fig, ax = style.axes()
margins = np.linspace(-4, 4, 161)
ax.axvline(0, color=style.GRAY, linewidth=0.6)
ax.plot(margins, np.log1p(np.exp(-margins)), **style.LINES[0])
ax.plot(margins, 1 / (1 + np.exp(margins)), **style.LINES[1])
ax.plot(0, np.log(2), "o", color=style.BLUE, markersize=4)
ax.text(0.15, np.log(2) + 0.12, "start: log 2", color=style.BLUE)
ax.text(-2.5, 3.0, "loss", color=style.BLUE)
ax.text(-3.9, 0.45, "weight of the pair", color=style.ORANGE)
ax.text(0.15, 3.6, "right order,\nrelative to the reference", color=style.GRAY, va="center")
ax.set(xlabel="margin $m$", ylabel="loss, weight", xlim=(-4, 4), ylim=(0, 4.1))
style.save(fig, __file__)
