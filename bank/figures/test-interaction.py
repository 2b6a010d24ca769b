"""Two overlapping tests: share that buys by A's version, for each of B's versions and on average."""

import style

OLD, NEW = (10, 12), (12, 10.5)  # % that buy with A old and A new, beside B old and B new
average = [(one + other) / 2 for one, other in zip(OLD, NEW, strict=True)]

fig, ax = style.axes()
for name, values, line, place in (
    ("B old", OLD, style.LINES[0], 12),
    ("average: what A's test sees", average, style.LINES[3], None),
    ("B new", NEW, style.LINES[1], 10.5),
):
    ax.plot((0, 1), values, marker="o", markersize=4, **line)
    if place:
        ax.text(1.05, place, name, color=line["color"], va="center")
    else:
        ax.text(1.05, average[1], "average:\nwhat A's\ntest sees", color=line["color"], va="center")
ax.set(xlim=(-0.15, 1.55), ylim=(9.6, 12.5), yticks=[10, 10.5, 11, 12])
ax.set_xticks([0, 1], ["A old", "A new"])
ax.set_ylabel("share that buys (%)")
style.save(fig, __file__)
