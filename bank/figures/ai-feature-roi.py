"""Net monthly value of a drafting feature by minutes saved per ticket: break-even, and the measured interval."""

import numpy as np

import style

TICKETS, VALUE, COST, FIXED = 100_000, 0.50 * 0.60, 0.05, 10_000
saved = np.array([0.0, 1.5])


def net(minutes):
    """Thousands of dollars a month."""
    return (TICKETS * (VALUE * minutes - COST) - FIXED) / 1_000


fig, ax = style.axes()
ax.axvspan(0.8, 1.2, color=style.PALE, linewidth=0)
ax.axhline(0, color=style.GRAY, linewidth=0.6)
ax.plot(saved, net(saved), **style.LINES[0])
ax.plot([0.5, 1.0], [net(0.5), net(1.0)], "o", color=style.INK, markersize=4, zorder=3)
ax.text(0.47, 1.5, "break-even", ha="right")
ax.text(0.97, 16.5, "measured", ha="right")
ax.text(1.0, -13, "95% interval", ha="center")
ax.set(xlim=(0, 1.5), ylim=(-17, 31), xticks=[0, 0.5, 0.8, 1, 1.2, 1.5], yticks=[-15, 0, 9, 15, 21, 30])
ax.set_yticks([-15, 0, 9, 15, 21, 30], ["\N{MINUS SIGN}15", "0", "9", "15", "21", "30"])
ax.set(xlabel="minutes saved per offered ticket", ylabel="net value ($1,000 a month)")
style.save(fig, __file__)
