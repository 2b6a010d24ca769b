"""Activity of six users by calendar week, and shifted to weeks since sign-up, with the retention of each cohort."""

from matplotlib.patches import Rectangle

import style

STARTS = {1: 0, 2: 0, 3: 0, 4: 0, 5: 1, 6: 1}
ACTIVE = {1: (0, 1, 2), 2: (0, 1), 3: (0,), 4: (), 5: (1,), 6: (1,)}
ROWS = {1: 0, 2: 1, 3: 2, 4: 3, 5: 5.2, 6: 6.2}
RATES = ((4.05, ("0.75", "0.5", "0.25"), style.BLUE), (7.25, ("1.0", "0.0", ""), style.ORANGE))

fig, panels = style.axes(ncols=2, sharey=True)
for ax, shifted in zip(panels, (False, True), strict=True):
    for user, start in STARTS.items():
        color = style.ORANGE if start else style.BLUE
        for week in range(3):
            if week < start:
                continue
            seen = week in ACTIVE[user]
            place = week - start if shifted else week
            ax.add_patch(
                Rectangle(
                    (place - 0.42, -ROWS[user] - 0.38),
                    0.84,
                    0.76,
                    facecolor=color if seen else "white",
                    edgecolor=style.INK,
                    linewidth=0.6,
                )
            )
        if shifted and start:
            ax.add_patch(
                Rectangle(
                    (1.58, -ROWS[user] - 0.38),
                    0.84,
                    0.76,
                    facecolor="white",
                    edgecolor=style.GRAY,
                    hatch="////",
                    linewidth=0,
                )
            )
    ax.set_xticks(range(3), ("week 0", "week 1", "week 2") if shifted else ("Nov 2", "Nov 9", "Nov 16"))
    ax.set_title("since sign-up" if shifted else "by calendar week")
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.set(xlim=(-0.55, 2.55), ylim=(-8.2, 0.6))
for y, rates, color in RATES:
    for week, rate in enumerate(rates):
        panels[1].text(week, -y, rate, ha="center", va="center", color=color, weight="bold")
panels[1].text(2, -7.25, "not yet", ha="center", va="center", color=style.GRAY)
panels[0].set_yticks([-row for row in ROWS.values()], [f"user {user}" for user in ROWS])
style.save(fig, __file__)
