"""The BM25 factor of a word against its count, for three document lengths (k1 = 1.2, b = 0.75)."""

import numpy as np

import style

K1, B = 1.2, 0.75
count = np.linspace(0, 10, 201)
fig, ax = style.axes()
ax.axhline(K1 + 1, linewidth=1, **style.LINES[3])
ax.text(0.1, K1 + 1.04, "limit 2.2", color=style.INK)
for relative, name, line in (
    (0.5, "half the mean length", style.LINES[2]),
    (1.0, "mean length", style.LINES[0]),
    (2.0, "twice the mean length", style.LINES[1]),
):
    ax.plot(count, (K1 + 1) * count / (count + K1 * (1 - B + B * relative)), label=name, **line)
ax.legend(loc="lower right")
ax.set(xlim=(0, 10), ylim=(0, 2.4), xlabel="count of the word in the document", ylabel="BM25 factor")
style.save(fig, __file__)
