"""Daily users with two empty days: the moving average with zeros, and too high without them."""

import style

COUNTS = {1: 2, 2: 3, 3: 2, 5: 4, 7: 3, 8: 4, 9: 2}
DAYS = (7, 8, 9)

weeks = {day: [COUNTS.get(day - i) for i in range(7)] for day in DAYS}
right = [sum(n or 0 for n in week) / 7 for week in weeks.values()]
wrong = [sum(n or 0 for n in week) / sum(n is not None for n in week) for week in weeks.values()]

fig, ax = style.axes()
ax.bar(list(COUNTS), list(COUNTS.values()), width=0.7, color=style.PALE, edgecolor="none")
for day in (4, 6):
    ax.text(day, 0.12, "no rows", ha="center", va="bottom", rotation=90, color=style.GRAY)
ax.plot(DAYS, wrong, marker="s", markersize=4, label="mean of the days present", **style.LINES[1])
ax.plot(DAYS, right, marker="o", markersize=4, label="empty days as 0", **style.LINES[0])
for day, low, high in zip(DAYS, right, wrong, strict=True):
    ax.text(day, low - 0.17, f"{low:.2f}", ha="center", va="top", color=style.BLUE)
    ax.text(day, high + 0.14, f"{high:.1f}", ha="center", va="bottom", color=style.ORANGE)
ax.legend(loc="upper left", handlelength=2.4)
ax.set_xticks(range(1, 10))
ax.set(xlim=(0.4, 9.6), ylim=(0, 5.6), xlabel="day in November", ylabel="active users")
style.save(fig, __file__)
