"""One thousand people, a disease of one percent, a test of 90% sensitivity and 95% specificity: who tests positive."""

from matplotlib.patches import Rectangle

import style

ILL, HEALTHY, HITS, FALSE = 10, 990, 9, 50  # 49.5, shown as 50 persons
fig, ax = style.axes()
for n in range(HITS + FALSE):
    ill = n < HITS
    x, y = n % 15, -(n // 15)
    color = style.ORANGE if ill else style.PALE
    ax.add_patch(Rectangle((x, y), 0.82, 0.82, facecolor=color, edgecolor=style.GRAY, linewidth=0.4))
ax.text(7.4, 1.75, "of 1,000 people, 59 test positive:", ha="center", weight="bold")
ax.text(7.4, -4.0, "9 of the 10 who are sick", color=style.ORANGE, ha="center")
ax.text(7.4, -4.85, "about 50 of the 990 who are not", color=style.BLUE, ha="center")
ax.text(7.4, -5.9, "positive and sick: 9 of 59 = 15%", ha="center", weight="bold")
ax.set(xlim=(-0.5, 15.4), ylim=(-6.4, 2.6))
ax.axis("off")
style.save(fig, __file__)
