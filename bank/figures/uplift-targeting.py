"""Total profit of retention offers to four groups of 1,000 customers, contacted in the order of uplift or of risk."""

import numpy as np

import style

names = np.array(list("ABCD"))
without, offered = np.array([0.80, 0.40, 0.10, 0.30]), np.array([0.77, 0.25, 0.08, 0.34])
profit = (without - offered) * 100 - 10  # dollars per contact, and thousands per group

fig, ax = style.axes()
for score, line, label, up in ((without - offered, 0, "ranked by uplift", 1), (without, 1, "ranked by risk", -1)):
    order = np.argsort(-score, kind="stable")
    total = np.r_[0, profit[order].cumsum()]
    ax.plot(range(5), total, marker="o", markersize=3, label=label, **style.LINES[line])
    for step, group in enumerate(names[order]):
        middle = (total[step] + total[step + 1]) / 2
        ax.annotate(
            group,
            (step + 0.5, middle),
            (7 * up if profit[names == group][0] < 0 else -7 * up, 6 * up),
            textcoords="offset points",
            ha="center",
            va="center",
            color=style.LINES[line]["color"],
        )
ax.axhline(0, color=style.GRAY, linewidth=0.6)
ax.legend(loc="lower left")
ax.set(xticks=range(5), xticklabels=["0", "1,000", "2,000", "3,000", "4,000"], ylim=(-27, 9), yticks=[-20, -10, 0])
ax.set(xlabel="customers contacted", ylabel="total profit (\\$1,000)")
style.save(fig, __file__)
