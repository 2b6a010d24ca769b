"""Logins of four users on a line of days: a gap of at least 30 free days ends in a return."""

from datetime import date
from itertools import pairwise

import style

LOGINS = {
    1: (date(2026, 8, 1), date(2026, 8, 20), date(2026, 9, 25), date(2026, 11, 10)),
    2: (date(2026, 8, 5), date(2026, 9, 4), date(2026, 10, 5)),
    3: (date(2026, 8, 10),),
    4: (date(2026, 9, 1), date(2026, 9, 2)),
}
START = date(2026, 8, 1)

fig, ax = style.axes()
for user, days in LOGINS.items():
    y = -user
    places = [(day - START).days for day in days]
    for one, other in pairwise(places):
        free = other - one - 1
        back = free >= 30
        ax.plot(
            (one, other),
            (y, y),
            color=style.ORANGE if back else style.GRAY,
            linewidth=2 if back else 0.8,
            linestyle="-" if back else (0, (2, 2)),
            zorder=1,
        )
        if free:
            ax.text((one + other) / 2, y + 0.14, f"{free}", ha="center", va="bottom")
    returned = [other for one, other in pairwise(places) if other - one > 30]
    stayed = [place for place in places if place not in returned]
    ax.scatter(stayed, [y] * len(stayed), s=26, color=style.BLUE, zorder=2)
    ax.scatter(returned, [y] * len(returned), s=50, marker="D", color=style.ORANGE, edgecolor=style.INK, zorder=2)
ax.scatter([], [], s=26, color=style.BLUE, label="login")
ax.scatter([], [], s=50, marker="D", color=style.ORANGE, edgecolor=style.INK, label="return")
ax.legend(loc="lower right", handletextpad=0.3)
months = [date(2026, month, 1) for month in (8, 9, 10, 11)]
ax.set_xticks([(day - START).days for day in months], ["Aug 1", "Sep 1", "Oct 1", "Nov 1"])
ax.set_yticks([-user for user in LOGINS], [f"user {user}" for user in LOGINS])
ax.set(xlim=(-4, 107), ylim=(-4.6, -0.4))
ax.set_title("days without a login between two logins of a user")
ax.tick_params(axis="y", length=0)
ax.spines["left"].set_visible(False)
style.save(fig, __file__)
