"""Scores of two models when a share of the test items was in the training data of the weaker one."""

import numpy as np

import style

WEAK, STRONG, SEEN = 0.60, 0.65, 0.95  # accuracy on new items of the two, and on items that were seen
share = np.linspace(0, 0.5, 51)
tie = (STRONG - WEAK) / (SEEN - WEAK)

fig, ax = style.axes()
ax.axvspan(tie, 0.5, color=style.SHADE, zorder=0)
ax.plot(share, WEAK + share * (SEEN - WEAK), **style.LINES[1])
ax.plot(share, np.full(len(share), STRONG), **style.LINES[0])
ax.plot([0.3], [WEAK + 0.3 * (SEEN - WEAK)], "s", color=style.ORANGE, markersize=4)
ax.annotate("70.5%", (0.3, WEAK + 0.3 * (SEEN - WEAK)), (-4, 4), textcoords="offset points", ha="right")
ax.text(0.49, 0.657, "B: better, saw nothing", color=style.BLUE, ha="right", va="bottom")
ax.text(0.345, 0.732, "A: saw a share", color=style.ORANGE, ha="right", va="bottom")
ax.text(0.32, 0.605, "wrong order", ha="center")
ax.set(xlim=(0, 0.5), ylim=(0.59, 0.79), yticks=[0.6, 0.65, 0.7, 0.75], yticklabels=["60%", "65%", "70%", "75%"])
ax.set(xticks=[0, 0.1, 0.2, 0.3, 0.4, 0.5], xticklabels=["0", "10%", "20%", "30%", "40%", "50%"])
ax.set_xlabel("share of test items that A was trained on")
ax.set_ylabel("score")
style.save(fig, __file__)
