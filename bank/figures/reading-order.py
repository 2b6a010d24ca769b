"""A page of two columns read in two ways: straight across the lines, and column by column."""

from itertools import pairwise

from matplotlib.patches import Rectangle

import style

BLOCKS = (("Leave is", "Apply by"), ("30 days", "1 May,"), ("a year.", "in writing."))  # left and right, line by line
WAYS = (
    ("across: sense is lost", ((0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)), style.LINES[1]),
    ("by column: sense is kept", ((0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)), style.LINES[0]),
)
fig, panels = style.axes(ncols=2)
for ax, (name, order, line) in zip(panels, WAYS, strict=True):
    ax.add_patch(Rectangle((0, 0.25), 4, 3.9, facecolor="white", edgecolor=style.INK, linewidth=0.8))
    places = {}
    for row, texts in enumerate(BLOCKS):
        for column, text in enumerate(texts):
            x, y = 0.15 + 1.95 * column, 3.0 - 1.2 * row
            ax.add_patch(Rectangle((x, y), 1.75, 0.55, facecolor=style.PALE, linewidth=0))
            ax.text(x + 0.875, y + 0.27, text, ha="center", va="center")
            places[row, column] = (x + 0.875, y + 0.27)
    for number, (row, column) in enumerate(order, start=1):
        x, y = places[row, column]
        ax.text(x - 0.8, y + 0.44, str(number), ha="left", va="center", color=line["color"])
    for one, other in pairwise(order):
        (x0, y0), (x1, y1) = places[one], places[other]
        if one[0] == other[0]:  # to the right
            start, end = (x0 + 0.8, y0 + 0.44), (x1 - 0.85, y1 + 0.44)
        elif one[1] == other[1]:  # down
            start, end = (x0, y0 - 0.3), (x1, y1 + 0.3)
        elif one[0] < other[0]:  # to the next line
            start, end = (x0 - 0.5, y0 - 0.3), (x1 + 0.4, y1 + 0.32)
        else:  # to the next column
            start, end = (2.0, y0), (2.0, y1 + 0.15)
        arrow = {"arrowstyle": "-|>", "color": line["color"], "linewidth": 1, "mutation_scale": 7}
        ax.annotate("", end, start, arrowprops=arrow | {"shrinkA": 0, "shrinkB": 0})
    ax.set_title(name, color=line["color"])
    ax.set(xlim=(-0.05, 4.05), ylim=(0.2, 4.2))
    ax.axis("off")
style.save(fig, __file__)
