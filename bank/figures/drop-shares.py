"""Share of users and share of a fall in daily users by segment: by platform they part, by country they agree."""

import style

SEGMENTS = (  # name, % of users, % of the fall, height
    ("iOS", 40, 5, 6.2),
    ("Android", 50, 93.75, 5.2),
    ("web", 10, 1.25, 4.2),
    ("USA", 40, 41, 2),
    ("India", 35, 34, 1),
    ("others", 25, 25, 0),
)
fig, ax = style.axes()
for _name, users, fall, height in SEGMENTS:
    ax.plot((users, fall), (height, height), color=style.GRAY, linewidth=0.8, zorder=1)
    ax.plot(
        users, height, "o", color="white", markeredgecolor=style.BLUE, markersize=6.5, markeredgewidth=1.3, zorder=2
    )
    ax.plot(fall, height, "o", color=style.ORANGE, markersize=4, zorder=3)
ax.annotate("94% of the fall", (93.75, 5.2), (0, 7), textcoords="offset points", color=style.ORANGE, ha="center")
ax.annotate("50% of users", (50, 5.2), (0, -12), textcoords="offset points", color=style.BLUE, ha="center")
ax.text(108, 7, "by platform", ha="right", va="center", color=style.INK)
ax.text(108, 2, "by country", ha="right", va="center", color=style.INK)
ax.axhline(3.1, color=style.GRAY, linewidth=0.5)
ax.set(yticks=[row[3] for row in SEGMENTS], yticklabels=[row[0] for row in SEGMENTS], xlim=(-4, 110), ylim=(-0.7, 7.5))
ax.set(xticks=[0, 25, 50, 75, 100], xlabel="share of users (ring) and of the fall (dot), %")
style.save(fig, __file__)
