"""A linear layer with LoRA: the frozen weight, and beside it the thin path that is trained."""

from matplotlib.patches import Polygon

import style

fig, ax = style.axes()
arrow = {"arrowstyle": "-|>", "color": style.INK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0}


def part(points: list[tuple[float, float]], color: str, name: str, note: str) -> None:
    """A filled shape with its name inside and a note below."""
    ax.add_patch(Polygon(points, facecolor=color, edgecolor=style.INK, linewidth=0.7))
    across = sum(x for x, _ in points) / len(points)
    ax.text(across, sum(y for _, y in points) / len(points), name, ha="center", va="center", fontsize=9)
    ax.text(across, min(y for _, y in points) - 0.12, note, ha="center", va="top")


part([(1.6, 1.9), (3.9, 1.9), (3.9, 2.9), (1.6, 2.9)], style.SHADE, "$W$", "frozen")
part([(0.9, 0.2), (2.0, 0.5), (2.0, 0.9), (0.9, 1.2)], style.PALE, "$A$", "trained,\nrandom start")
part([(3.5, 0.5), (4.6, 0.2), (4.6, 1.2), (3.5, 0.9)], style.PALE, "$B$", "trained,\nzero start")
ax.text(0, 1.55, "$x$", ha="center", va="center", fontsize=9)
ax.text(6.6, 1.55, "$y$", ha="center", va="center", fontsize=9)
ax.text(5.65, 1.55, "+", ha="center", va="center", fontsize=9)
ax.plot(5.65, 1.55, marker="o", markersize=13, markerfacecolor="none", markeredgecolor=style.INK, markeredgewidth=0.7)
for start, end in (
    ((0.15, 1.7), (1.55, 2.4)),
    ((0.12, 1.35), (0.85, 0.75)),
    ((2.05, 0.7), (3.45, 0.7)),
    ((3.95, 2.4), (5.4, 1.7)),
    ((4.65, 0.7), (5.45, 1.38)),
    ((5.92, 1.55), (6.45, 1.55)),
):
    ax.annotate("", end, start, arrowprops=arrow)
ax.text(2.75, 0.85, "$r$ numbers", ha="center", va="bottom")
ax.text(5.2, 0.8, r"$\times\,\alpha/r$", ha="left", va="center")
ax.set(xlim=(-0.3, 6.8), ylim=(-0.6, 3.1))
ax.axis("off")
style.save(fig, __file__)
