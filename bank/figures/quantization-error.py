"""Error of rounding matrices with four wide channels to 2 to 8 bits, with one scale and with one scale a channel."""

import numpy as np

import style

BITS = np.arange(2, 9)

MATRICES = [np.random.default_rng(seed).normal(size=(256, 256)) for seed in range(200)]
for each in MATRICES:
    each[:4] *= 20  # the outlier channels


def error(bits: int, axis: int | None) -> float:
    """Return the relative root-mean-square error of symmetric rounding, averaged over channels and matrices."""
    top, found = 2 ** (bits - 1) - 1, []
    for matrix in MATRICES:
        scale = np.abs(matrix).max(axis=axis, keepdims=True) / top
        left = matrix - scale * np.round(matrix / scale)
        found.append((np.linalg.norm(left, axis=1) / np.linalg.norm(matrix, axis=1)).mean())
    return float(np.mean(found))


tensor = [error(bits, None) for bits in BITS]
channel = [error(bits, 1) for bits in BITS]

fig, ax = style.axes()
ax.semilogy(BITS, tensor, marker="s", markersize=3.5, **style.LINES[1])
ax.semilogy(BITS, channel, marker="o", markersize=3.5, **style.LINES[0])
ax.text(5.1, 1.15, "one scale for the matrix", color=style.ORANGE, va="bottom")
ax.text(4.7, 0.035, "one scale\na channel", color=style.BLUE, ha="right", va="top")
for bits, value, offset in ((8, tensor[-1], (0, 6)), (4, channel[2], (4, 4)), (8, channel[-1], (0, 6))):
    ax.annotate(f"{100 * value:.1f}%", (bits, value), offset, textcoords="offset points", ha="left")
ax.set(xlim=(1.8, 8.9), ylim=(0.004, 2), xticks=BITS, yticks=[0.01, 0.1, 1], yticklabels=["1%", "10%", "100%"])
ax.set_xlabel("bits per weight")
ax.set_ylabel("relative error of a channel")
style.save(fig, __file__)
