"""The weighted Gini impurity of each cut of six rows on one feature: constant between neighboring values."""

from itertools import pairwise

import numpy as np

import style

VALUES, CLASSES = np.array([1, 2, 4, 6, 7, 9]), np.array(list("AABABB"))


def gini(part: np.ndarray) -> float:
    """The Gini impurity of a group of labels."""
    return 1 - sum(np.mean(part == name) ** 2 for name in "AB")


fig, (top, bottom) = style.axes(nrows=2, sharex=True, gridspec_kw={"height_ratios": [4, 1]})
for a, b in pairwise(VALUES):
    low = a >= VALUES
    score = (low.sum() * gini(CLASSES[low]) + (~low).sum() * gini(CLASSES[~low])) / len(VALUES)
    top.plot([a, b], [score, score], **style.LINES[0])
    top.plot((a + b) / 2, score, "o", color=style.BLUE, markersize=4)
    top.text((a + b) / 2, score - 0.035, f"{score:.2f}", ha="center", va="top")
top.axhline(gini(CLASSES), color=style.GRAY, linewidth=0.8, linestyle=(0, (3, 2)))
top.text(9.9, gini(CLASSES) + 0.012, "before the cut", ha="right", va="bottom", color=style.GRAY)
top.set(ylim=(0, 0.6), ylabel="weighted Gini")
top.tick_params(axis="x", length=0)
for name, color, marker in (("A", style.BLUE, "o"), ("B", style.ORANGE, "s")):
    here = VALUES[name == CLASSES]
    bottom.plot(here, np.full(len(here), 0.35), marker, color=color, markersize=5)
    for x in here:
        bottom.text(x, 0.75, name, ha="center", va="bottom", color=color)
bottom.set(ylim=(0, 1.5), yticks=[], xlim=(0, 10), xticks=range(11), xlabel="feature, and threshold of the cut")
bottom.spines["left"].set_visible(False)
style.save(fig, __file__)
