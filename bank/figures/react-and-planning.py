"""Where three designs of agents decide: after each result, before the first step, and after a failed attempt."""

from matplotlib.patches import FancyBboxPatch

import style

ROWS = (
    ("ReAct", ("think", "act", "read result"), "until it answers"),
    ("plan and\nexecute", ("plan", "run all steps", "answer"), None),
    ("reflection", ("attempt", "check", "note"), "try again; stop when the check passes"),
)
fig, ax = style.axes()
line = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
for row, (name, boxes, back) in enumerate(ROWS):
    y = 4.4 - 2.1 * row
    ax.text(-0.1, y + 0.4, name, va="center", ha="left", weight="bold", color=style.BLUE)
    for column, text in enumerate(boxes):
        x = 1.75 + 2.05 * column
        box = FancyBboxPatch(
            (x, y),
            1.5,
            0.8,
            boxstyle="round,pad=0.04",
            facecolor=style.PALE if column == (2 if row == 2 else 0) else "white",
            edgecolor=style.INK,
            linewidth=0.7,
        )
        ax.add_patch(box)
        ax.text(x + 0.75, y + 0.4, text, ha="center", va="center")
        if column:
            ax.annotate("", (x - 0.05, y + 0.4), (x - 0.5, y + 0.4), arrowprops=line)
    if back:
        left, right, low = 2.5, 6.6, y - 0.42
        ax.plot((right, right, left), (y - 0.05, low, low), color=style.BLUE, linewidth=1)
        ax.annotate("", (left, y - 0.05), (left, low - 0.02), arrowprops=line)
        ax.text((left + right) / 2, low - 0.08, back, ha="center", va="top", color=style.GRAY)
ax.set(xlim=(-0.1, 7.5), ylim=(-0.8, 5.3))
ax.axis("off")
style.save(fig, __file__)
