"""A tie of two positives and one negative in an ROC curve: the sloped segment and the two staircases around it."""

import style

fig, ax = style.axes()
ax.fill_between([0, 0.5, 1], [1 / 3, 1, 1], color=style.PALE, linewidth=0)
ax.plot([0, 0, 0.5], [1 / 3, 1, 1], label="positives on top: area 1", **style.LINES[1])
ax.plot([0, 0, 0.5, 1], [0, 1 / 3, 1, 1], label="mean ranks: area 0.833", **style.LINES[0])
ax.plot([0, 0.5, 0.5], [1 / 3, 1 / 3, 1], label="negative on top: area 0.667", **style.LINES[2])
ax.plot([0, 0, 0.5, 1], [0, 1 / 3, 1, 1], "o", color=style.BLUE, markersize=4, clip_on=False)
ax.legend(loc="lower right", borderpad=0.1)
ax.set(xlim=(-0.02, 1.02), ylim=(0, 1.04), xticks=[0, 0.5, 1], yticks=[0, 1 / 3, 1], yticklabels=["0", "1/3", "1"])
ax.set(xlabel="false-positive rate", ylabel="true-positive rate")
style.save(fig, __file__)
