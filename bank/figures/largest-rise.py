"""Running totals of a list: the run with the largest sum is the largest rise from an earlier low."""

import style

totals = [0, 3, -2, 2, 1, 3, -3, -2]
fig, ax = style.axes()
ax.axvspan(2, 5, color=style.PALE, linewidth=0)
ax.plot(range(8), totals, marker="o", markersize=4, **style.LINES[0])
ax.plot([2, 6.7], [-2, -2], linewidth=0.8, color=style.GRAY)
ax.plot([5, 6.7], [3, 3], linewidth=0.8, color=style.GRAY)
ax.annotate("", (6.6, 3.08), (6.6, -2.08), arrowprops={"arrowstyle": "<->", "color": style.ORANGE})
ax.text(6.7, 0.5, "rise\nof 5", color=style.ORANGE, va="center")
ax.text(3.5, 3.3, "items 4, $-$1, 2", ha="center", va="center")
ax.set(xlabel="items added up", ylabel="running total", xticks=range(8), xlim=(-0.3, 7.6), ylim=(-3.5, 3.8))
style.save(fig, __file__)
