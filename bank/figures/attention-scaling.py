"""Largest attention weight over 64 keys against the key width: raw, divided by the root of the width, by the width."""

import numpy as np

import style

random = np.random.default_rng(0)
WIDTHS = 2 ** np.arange(0, 11)
KEYS = 64


def largest(scores: np.ndarray) -> float:
    """Return the mean over queries of the largest softmax weight."""
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return (weights.max(axis=-1) / weights.sum(axis=-1)).mean()


curves = []
for width in WIDTHS:
    keys, queries = random.normal(size=(100, KEYS, width)), random.normal(size=(100, 20, width))
    scores = queries @ keys.transpose(0, 2, 1)
    curves.append([largest(scores), largest(scores / np.sqrt(width)), largest(scores / width)])

fig, ax = style.axes()
names = ("$q\\cdot k$", r"$q\cdot k/\sqrt{d_k}$", "$q\\cdot k/d_k$")
heights = (0.95, 0.16, 0.01)
for values, name, line, marker, y in zip(np.transpose(curves), names, style.LINES[:3], "os^", heights, strict=True):
    ax.plot(WIDTHS, values, marker=marker, markersize=2.5, **line)
    color = style.INK if line is style.LINES[2] else line["color"]  # the light line's color is too pale for text
    ax.text(1300, y, name, va="center", color=color)
ax.set_xscale("log", base=2)
ax.set(xlim=(0.85, 16000), ylim=(0, 1.05), ylabel="largest of 64 weights, mean")
ax.set_xticks([1, 4, 16, 64, 256, 1024], ["1", "4", "16", "64", "256", "1024"])
ax.minorticks_off()
ax.spines["bottom"].set_bounds(0.85, 1024)
ax.set_xlabel("key width $d_k$ (components)", x=0.37)
style.save(fig, __file__)
