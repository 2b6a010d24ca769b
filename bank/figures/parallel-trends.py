"""Difference-in-differences: the control group's change, from where the treated group stood, is what was to come."""

import style

TREATED, CONTROL = (20, 26), (15, 18)
EXPECTED = TREATED[0] + CONTROL[1] - CONTROL[0]

fig, ax = style.axes()
for values, line, marker, name, up in (
    (TREATED, style.LINES[0], "o", f"treated: {TREATED[1]}", 0.3),
    ((TREATED[0], EXPECTED), style.LINES[1], "s", f"without launch: {EXPECTED}", -0.3),
    (CONTROL, style.LINES[3], "^", f"control: {CONTROL[1]}", 0),
):
    ax.plot((0, 1), values, marker=marker, markersize=4, **line)
    ax.text(1.2, values[1] + up, name, va="center", color=line["color"])
arrow = {"arrowstyle": "<->", "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0}
ax.annotate("", (1.08, EXPECTED), (1.08, TREATED[1]), arrowprops=arrow)
ax.text(1.2, (EXPECTED + TREATED[1]) / 2, f"effect: {TREATED[1] - EXPECTED}", va="center", fontweight="bold")
ax.text(-0.05, TREATED[0], str(TREATED[0]), ha="right", va="center", color=style.BLUE)
ax.text(-0.05, CONTROL[0], str(CONTROL[0]), ha="right", va="center")
ax.set(xlim=(-0.25, 1.95), ylim=(13, 27), xticks=(0, 1), yticks=(15, 20, 25))
ax.set_xticklabels(["before", "after launch"])
ax.spines["bottom"].set_bounds(-0.25, 1.15)
ax.set_ylabel("orders per day (1,000)")
style.save(fig, __file__)
