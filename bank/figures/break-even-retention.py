"""Where more revenue per user-month pays for less retention, for two levels of retention, and one test result."""

import numpy as np

import style

rise = np.array([0.0, 6.0])  # % more revenue per user and month
half = 19600 * np.sqrt(2 * 0.9 * 0.1 / 20_000) / 90  # % of a retention of 90%

fig, ax = style.axes()
for stay, line, spot, color in ((0.9, 0, (5.9, -0.47), style.BLUE), (0.75, 1, (4.2, -1.75), style.ORANGE)):
    ax.plot(rise, -rise * (1 - stay) / stay, **style.LINES[line])
    ax.text(*spot, f"{100 * stay:.0f}% stay", color=color, ha="right", va="bottom" if line == 0 else "center")
ax.axhline(0, color=style.GRAY, linewidth=0.6)
ax.errorbar(3, -0.5, yerr=half, fmt="o", color=style.INK, markersize=4, linewidth=1, capsize=2.5)
ax.text(0.25, 0.3, "above its line: launch", va="center")
ax.text(0.25, -1.75, "below: keep the old", va="center")
ax.set(xlim=(0, 6), ylim=(-2.1, 0.5), xticks=[0, 1, 2, 3, 4, 5, 6], yticks=[-2, -1.5, -1, -0.5, 0, 0.5])
ax.set(xlabel="rise of revenue per user-month (%)", ylabel="change of retention (%)")
style.save(fig, __file__)
