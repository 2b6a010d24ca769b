"""Share of pages that an index makes the database read: rows scattered at random, and rows stored in its order."""

import numpy as np

import style

ROWS = 100  # per page

share = np.logspace(-4, 0, 200)
scattered = 1 - (1 - share) ** ROWS

fig, ax = style.axes()
ax.plot(100 * share, 100 * scattered, label="scattered rows", **style.LINES[0])
ax.plot(100 * share, 100 * share, label="rows in index order", **style.LINES[1])
for p, text, place in ((0.001, "0.1% of rows:\n9.5% of pages", (0.014, 34)), (0.05, "5%: 99.4%", (6.5, 82))):
    y = 100 * (1 - (1 - p) ** ROWS)
    ax.scatter([100 * p], [y], s=18, color=style.BLUE, zorder=3)
    ax.annotate(text, (100 * p, y), place, va="center", arrowprops=style.LEADER)
ax.set_xscale("log")
ax.set_xticks([0.01, 0.1, 1, 10, 100], ["0.01", "0.1", "1", "10", "100"])
ax.minorticks_off()
ax.set(ylim=(0, 105), xlabel="rows wanted (%)", ylabel="pages read (%)")
ax.legend(loc="upper left", handlelength=2.4)
style.save(fig, __file__)
