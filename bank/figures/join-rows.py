"""Two tables whose rows are linked by key: each link is a row of the inner join, a row without a link is unmatched."""

from matplotlib.patches import FancyBboxPatch

import style

CUSTOMERS = (("1  Ann", 3.0), ("2  Bo", 1.5), ("3  Cy", 0.5))
ORDERS = (("10: customer 1", 3.5), ("11: customer 1", 2.5), ("12: customer 2", 1.5), ("13: NULL", 0.5))
LINKS = ((0, 0), (0, 1), (1, 2))
COUNTS = (
    ("inner join", "links", "3 rows"),
    ("left join", "links, Cy", "4 rows"),
    ("full join", "links, Cy, 13", "5 rows"),
    ("anti join", "Cy", "1 row"),
)

fig, ax = style.axes(1.9)


def box(x, y, width, text, linked):
    patch = FancyBboxPatch(
        (x, y - 0.32),
        width,
        0.64,
        boxstyle="round,pad=0.02",
        facecolor=style.PALE if linked else "white",
        edgecolor=style.INK if linked else style.ORANGE,
        linestyle="-" if linked else (0, (4, 2)),
        linewidth=0.8,
    )
    ax.add_patch(patch)
    ax.text(x + width / 2, y, text, ha="center", va="center")


for n, (text, y) in enumerate(CUSTOMERS):
    box(0, y, 1.3, text, n in {one for one, _ in LINKS})
for n, (text, y) in enumerate(ORDERS):
    box(2.6, y, 2.3, text, n in {other for _, other in LINKS})
for one, other in LINKS:
    ax.plot((1.34, 2.56), (CUSTOMERS[one][1], ORDERS[other][1]), color=style.BLUE, linewidth=1.4)
ax.text(0.65, 4.15, "customers", ha="center", weight="bold")
ax.text(3.75, 4.15, "orders", ha="center", weight="bold")
for n, (name, kept, count) in enumerate(COUNTS):
    ax.text(0, -0.45 - 0.55 * n, name, va="center", color=style.BLUE)
    ax.text(1.75, -0.45 - 0.55 * n, kept, va="center")
    ax.text(4.9, -0.45 - 0.55 * n, count, va="center", ha="right")
ax.set(xlim=(-0.1, 5.1), ylim=(-2.45, 4.6))
ax.axis("off")
style.save(fig, __file__)
