"""Gain of a step and gain per example against the batch size, for a gradient noise scale of 1,000."""

import numpy as np

import style

NOISE = 1000

size = np.logspace(1, 5, 200)
fig, ax = style.axes()
ax.plot(size, 1 / (1 + NOISE / size), **style.LINES[0])
ax.plot(size, 1 / (1 + size / NOISE), **style.LINES[1])
for batch in (100, 1000, 10_000):
    ax.plot(batch, 1 / (1 + NOISE / batch), "o", color=style.BLUE, markersize=4)
ax.axvline(NOISE, color=style.GRAY, linewidth=0.6)
ax.text(1080, 0.02, "noise scale", color=style.GRAY)
ax.text(11_000, 0.8, "gain of a step", color=style.BLUE, ha="left")
ax.text(14, 0.7, "gain per\nexample", color=style.ORANGE)
ax.set(xscale="log", xlabel="batch size", ylabel="share of the largest", xlim=(10, 1e5), ylim=(0, 1.05))
ax.set_xticks([10, 100, 1000, 10_000, 100_000], ["10", "100", "1,000", "10,000", "100,000"])
ax.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
ax.minorticks_off()
style.save(fig, __file__)
