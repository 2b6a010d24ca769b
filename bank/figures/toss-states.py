"""The states of progress toward HH and HT: where a wrong toss leads."""

from matplotlib.patches import Circle, FancyArrowPatch

import style

fig, ax = style.axes()


def state(x: float, y: float, name: str, color: str) -> None:
    """A circle with a name."""
    ax.add_patch(Circle((x, y), 0.42, facecolor=color, edgecolor=style.INK, linewidth=0.8))
    ax.text(x, y, name, ha="center", va="center")


def arrow(start: tuple, end: tuple, bend: float, color: str = style.INK) -> None:
    """An arrow that bends to its right side for a positive bend."""
    ax.add_patch(
        FancyArrowPatch(
            start,
            end,
            connectionstyle=f"arc3,rad={bend}",
            arrowstyle="-|>",
            mutation_scale=8,
            linewidth=1,
            color=color,
        )
    )


for y, goal, right, wait in ((3.1, "HH", "H", 6), (0, "HT", "T", 4)):
    state(1, y, "start", style.PALE)
    state(3.5, y, "H", style.PALE)
    state(6, y, goal, style.SHADE)
    arrow((1.42, y), (3.08, y), 0)
    ax.text(2.25, y + 0.12, "H", ha="center")
    arrow((3.92, y), (5.58, y), 0)
    ax.text(4.75, y + 0.12, right, ha="center")
    arrow((0.72, y + 0.32), (1.28, y + 0.32), -1.9)
    ax.text(1, y + 1.0, "T", ha="center")
    ax.text(6.65, y, f"{wait} tosses\non average", va="center")
    if goal == "HH":
        arrow((3.3, y - 0.38), (1.2, y - 0.38), -0.35, style.ORANGE)
        ax.text(2.25, y - 1.12, "T: all is lost", color=style.ORANGE, ha="center")
    else:
        arrow((3.22, y + 0.32), (3.78, y + 0.32), -1.9, style.ORANGE)
        ax.text(3.5, y + 1.0, "H: nothing is lost", color=style.ORANGE, ha="center")
ax.set(xlim=(0.2, 8.6), ylim=(-0.7, 4.5), aspect="equal")
ax.axis("off")
style.save(fig, __file__)
