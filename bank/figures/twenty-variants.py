"""Twenty variants without any effect: their differences from the control, and two thresholds."""

import numpy as np

import style

USERS, RATE = 10_000, 0.10
rates = np.random.default_rng(11).binomial(USERS, RATE, 21) / USERS * 100
difference = np.sort(rates[1:] - rates[0])
se = 100 * np.sqrt(2 * RATE * (1 - RATE) / USERS)

fig, ax = style.axes()
place = np.arange(1, 21)
ax.axhline(0, color=style.GRAY, linewidth=0.6)
ax.vlines(place, 0, difference, color=style.BLUE, linewidth=0.8)
ax.plot(place, difference, "o", color=style.BLUE, markersize=3.5)
for threshold, line, name in (
    (1.96 * se, style.LINES[3], "threshold for one comparison"),
    (2.91 * se, style.LINES[1], "threshold for twenty"),
):
    ax.axhline(threshold, color=line["color"], linestyle=line["linestyle"], linewidth=1)
    ax.text(0.5, threshold + 0.03, name, color=line["color"], va="bottom")
ax.set(xlim=(0, 21), ylim=(-0.75, 1.5), xticks=[1, 5, 10, 15, 20])
ax.set_yticks([-0.5, 0, 0.5, 1], ["\N{MINUS SIGN}0.5", "0", "0.5", "1"])
ax.set(xlabel="variants, sorted", ylabel="lead over control (points)")
style.save(fig, __file__)
