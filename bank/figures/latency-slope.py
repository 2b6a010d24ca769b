"""A slowdown test: change of revenue by added delay with intervals, and the line through zero that is fitted to it."""

import numpy as np

import style

delay, change = np.array([100, 200, 400]), np.array([-0.4, -0.9, -2.0])  # ms, %
half = 196 * 4 * np.sqrt(2 / 2.5e6)  # % for a deviation of four means and 2.5 million users per arm
slope = (delay @ change) / (delay @ delay)

fig, ax = style.axes()
ax.axhline(0, color=style.GRAY, linewidth=0.6)
ax.axvline(0, color=style.GRAY, linewidth=0.6)
ax.plot((0, 430), (0, 430 * slope), **style.LINES[0])
ax.plot((-130, 0), (-130 * slope, 0), **style.LINES[1])
ax.errorbar(delay, change, yerr=half, fmt="o", color=style.INK, markersize=4, linewidth=1, capsize=2.5)
ax.plot(0, 0, "o", color=style.INK, markersize=4)
ax.text(-8, 0.75, "faster:\nnot tested", color=style.ORANGE, ha="right")
ax.text(12, -2.3, f"slope\n{100 * slope:.2f}% per 100 ms".replace("-", "\N{MINUS SIGN}"), color=style.BLUE, ha="left")
ax.text(9, 0.2, "today", ha="left")
ax.set(xlim=(-135, 440), ylim=(-3, 1.4), xticks=[-100, 0, 100, 200, 400], yticks=[-3, -2, -1, 0, 1])
ax.set(xlabel="added delay (ms)", ylabel="change of revenue (%)")
style.save(fig, __file__)
