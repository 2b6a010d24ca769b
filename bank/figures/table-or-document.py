"""The same shop twice: as tables the address stands in one row, as documents in every order of the customer."""

from matplotlib.patches import FancyBboxPatch

import style

fig, ax = style.axes(1.95)


def box(x, y, width, height, lines, marked=None):
    patch = FancyBboxPatch(
        (x, y), width, height, boxstyle="round,pad=0.04", facecolor="white", edgecolor=style.INK, linewidth=0.7
    )
    ax.add_patch(patch)
    for n, line in enumerate(lines):
        hit = n == marked
        ax.text(
            x + width / 2,
            y + height - (n + 0.5) * height / len(lines),
            line,
            ha="center",
            va="center",
            color=style.ORANGE if hit else style.INK,
            weight="bold" if hit else "normal",
        )


ax.text(1.2, 4.75, "relational", ha="center", weight="bold", color=style.BLUE)
ax.text(4.5, 4.75, "documents", ha="center", weight="bold", color=style.BLUE)
box(0.1, 3.25, 2.2, 1.1, ("customer 7", "Oak Street 5"), marked=1)
for n, y in enumerate((1.95, 1.1, 0.25)):
    box(0.1, y, 2.2, 0.55, (f"order {n + 1}: customer 7",))
    ax.plot((2.34, 2.62), (y + 0.28, y + 0.28), color=style.BLUE, linewidth=1)
ax.plot((2.62, 2.62), (0.53, 3.8), color=style.BLUE, linewidth=1)
ax.annotate("", (2.32, 3.8), (2.64, 3.8), arrowprops={"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1})
ax.text(2.7, 2.9, "key", va="center")
for n, y in enumerate((3.3, 1.75, 0.2)):
    box(3.4, y, 2.2, 1.25, (f"order {n + 1}", "customer 7", "Oak Street 5"), marked=2)
ax.text(1.2, -0.3, "a move changes 1 row", ha="center", color=style.ORANGE)
ax.text(4.5, -0.3, "a move changes every copy", ha="center", color=style.ORANGE)
ax.set(xlim=(0, 5.7), ylim=(-0.5, 5.1))
ax.axis("off")
style.save(fig, __file__)
