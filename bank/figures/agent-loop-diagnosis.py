"""Why an agent repeats a call: each no has its remedy; after three yes it may be the pattern itself."""

from matplotlib.patches import FancyBboxPatch

import style

ROWS = (
    ("Is the earlier result\nin the repeated prompt?", "mend the history"),
    ("Does it say what\nto do differently?", "better error text"),
    ("May the model answer\nor give up?", "allow it"),
)
fig, ax = style.axes(1.9)
line = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}


def box(x, y, width, text, face):
    ax.add_patch(
        FancyBboxPatch(
            (x, y), width, 1.1, boxstyle="round,pad=0.05", facecolor=face, edgecolor=style.INK, linewidth=0.7
        )
    )
    ax.text(x + width / 2, y + 0.55, text, ha="center", va="center")


for row, (question, remedy) in enumerate(ROWS):
    y = 5.1 - 1.7 * row
    box(0, y, 4, question, style.PALE)
    box(5.3, y, 3.2, remedy, "white")
    ax.annotate("", (5.25, y + 0.5), (4.05, y + 0.5), arrowprops=line)
    ax.text(4.6, y + 0.58, "no", ha="center", va="bottom")
    ax.annotate("", (2, y - 0.65), (2, y - 0.05), arrowprops=line)
    ax.text(2.12, y - 0.37, "yes", va="center")
box(0, 0, 4, "perhaps it copies\nits own pattern", "white")
ax.annotate("", (5.25, 0.5), (4.05, 0.5), arrowprops=line)
box(5.3, 0, 3.2, "shorten the history", "white")
ax.set(xlim=(-0.1, 8.65), ylim=(-0.1, 6.3))
ax.axis("off")
style.save(fig, __file__)
