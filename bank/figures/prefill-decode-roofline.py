"""Time of one model pass against its tokens: flat while reading the weights limits it, then in proportion."""

import numpy as np

import style

WEIGHTS, SPEED, BANDWIDTH = 7e9, 300e12, 2e12
tokens = np.logspace(0, 4, 400)
read = 1e3 * 2 * WEIGHTS / BANDWIDTH
compute = 1e3 * 2 * WEIGHTS * tokens / SPEED

fig, ax = style.axes()
ax.loglog(tokens, np.maximum(read, compute), label="one pass", **style.LINES[0])
ax.axvline(SPEED / BANDWIDTH, color=style.GRAY, linewidth=0.7)
ax.text(130, 330, "150 tokens", ha="right", va="center", color=style.GRAY)
for x, name, dx, dy, ha in (
    (1, "decode, 1 user", 1.1, 0.55, "left"),
    (64, "decode, 64 users", 0.9, 1.6, "right"),
    (512, "chunk of 512", 1.25, 0.72, "left"),
    (3000, "prompt\nof 3,000", 1.35, 0.68, "left"),
):
    y = max(read, 1e3 * 2 * WEIGHTS * x / SPEED)
    ax.plot(x, y, "o", color=style.ORANGE, markersize=4)
    ax.text(x * dx, y * dy, name, ha=ha, va="center")
ax.set(xlabel="tokens in the pass", ylabel="least time, weights only (ms)", ylim=(2, 600))
ax.set_xticks((1, 10, 100, 1000, 10000), labels=("1", "10", "100", "1,000", "10,000"))
ax.set_yticks((10, 100), labels=("10", "100"))
style.save(fig, __file__)
