"""Five events on a line of time: the gap before each, the flag of a start, and the running sum of the flags."""

from itertools import accumulate, pairwise

import style

TIMES = (0, 20, 45, 75, 80)  # minutes after 09:00
NAMES = ("09:00", "09:20", "09:45", "10:15", "10:20")
PLACES = (0, 20, 45, 75, 95)  # the last two are drawn apart

flags = [1] + [int(other - one >= 30) for one, other in pairwise(TIMES)]
sessions = list(accumulate(flags))
colors = {1: style.BLUE, 2: style.ORANGE}

fig, ax = style.axes()
for n, (one, other) in enumerate(pairwise(PLACES)):
    gap, cut = TIMES[n + 1] - TIMES[n], flags[n + 1]
    ax.plot(
        (one, other),
        (3, 3),
        color=style.GRAY if cut else colors[sessions[n]],
        linewidth=0.8 if cut else 2,
        linestyle=(0, (2, 2)) if cut else "-",
        zorder=1,
    )
    ax.text((one + other) / 2, 3.16, f"{gap} min", ha="center", va="bottom")
for place, name, flag, session in zip(PLACES, NAMES, flags, sessions, strict=True):
    ax.scatter([place], [3], s=50, marker="D" if flag else "o", color=colors[session], edgecolor=style.INK, zorder=2)
    ax.text(place, 2.7, name, ha="center", va="top")
    ax.text(place, 1.6, str(flag), ha="center", va="center", weight="bold" if flag else "normal")
    ax.text(place, 0.7, str(session), ha="center", va="center", weight="bold", color=colors[session])
for y, name in ((3, "events"), (1.6, "flag"), (0.7, "running\nsum")):
    ax.text(-10, y, name, ha="right", va="center")
ax.text(85, 2.25, "(not to scale)", ha="center", va="top", color=style.GRAY)
ax.text(22.5, 3.75, "session 1", ha="center", va="bottom", color=style.BLUE, weight="bold")
ax.text(85, 3.75, "session 2", ha="center", va="bottom", color=style.ORANGE, weight="bold")
ax.set(xlim=(-30, 105), ylim=(0.3, 4.2))
ax.set_axis_off()
style.save(fig, __file__)
