"""Where query and document meet: two vectors compared, token vectors compared, or one model that reads both."""

from matplotlib.patches import FancyBboxPatch

import style

fig, ax = style.axes(1.9)
ARROW = {"arrowstyle": "-|>", "color": style.INK, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0}


def box(x, y, width, text, color):
    """A rounded box with a text in the middle."""
    ax.add_patch(
        FancyBboxPatch(
            (x, y), width, 0.5, boxstyle="round,pad=0.03", facecolor=color, edgecolor=style.INK, linewidth=0.7
        )
    )
    ax.text(x + width / 2, y + 0.25, text, ha="center", va="center")


for left, name in ((0, "bi-encoder"), (2.3, "late interaction"), (4.6, "cross-encoder")):
    ax.text(left + 0.95, 4.15, name, ha="center", weight="bold")
    ax.text(left + 0.45, -0.25, "query", ha="center", va="top")
    ax.text(left + 1.45, -0.25, "document", ha="center", va="top")
    for x in (0.45, 1.45):
        ax.annotate("", (left + x, 0.45), (left + x, -0.15), arrowprops=ARROW)
    if name == "cross-encoder":
        box(left + 0.05, 0.5, 1.8, "one model", style.PALE)
        ax.annotate("", (left + 0.95, 3.3), (left + 0.95, 1.05), arrowprops=ARROW)
        box(left + 0.5, 3.35, 0.9, "score", "white")
        continue
    box(left + 0.05, 0.5, 0.8, "model", style.PALE)
    box(left + 1.05, 0.5, 0.8, "model", style.SHADE)
    late = name == "late interaction"
    counts = ((0.45, 3), (1.45, 4)) if late else ((0.45, 1), (1.45, 1))
    places = []
    for x, count in counts:
        ax.annotate("", (left + x, 1.65), (left + x, 1.05), arrowprops=ARROW)
        dots = [left + x + 0.2 * (i - (count - 1) / 2) for i in range(count)]
        ax.plot(dots, [1.8] * count, "o", color=style.BLUE if x < 1 else style.ORANGE, markersize=4)
        places.append(dots)
    if late:
        for one, other in zip(places[0], (1, 0, 3), strict=True):
            ax.annotate(
                "",
                (places[1][other], 1.9),
                (one, 1.9),
                arrowprops={
                    "arrowstyle": "-",
                    "color": style.GRAY,
                    "linewidth": 0.8,
                    "connectionstyle": "arc3,rad=-0.4",
                },
            )
        ax.text(left + 0.95, 2.4, "best matches, summed", ha="center")
        ax.annotate("", (left + 0.95, 3.3), (left + 0.95, 2.75), arrowprops=ARROW)
    else:
        for dots in places:
            ax.annotate("", (left + 0.95 + 0.3 * (dots[0] - left - 0.95), 2.3), (dots[0], 1.95), arrowprops=ARROW)
        ax.text(left + 0.95, 2.4, "dot product", ha="center")
        ax.annotate("", (left + 0.95, 3.3), (left + 0.95, 2.75), arrowprops=ARROW)
    box(left + 0.5, 3.35, 0.9, "score", "white")
ax.text(3.25, -1.2, "gray: runs before any query, its vectors are stored", ha="center")
ax.set(xlim=(-0.1, 6.6), ylim=(-1.3, 4.5))
ax.axis("off")
style.save(fig, __file__)
