"""One LSTM step with one unit: values above the lines, slopes of the loss below them."""

import numpy as np
from matplotlib.patches import Circle

import style

FORGET, INPUT, CANDIDATE, OUTPUT, OLD, D_STATE, D_CELL = 0.8, 0.5, 0.4, 0.5, 1.0, 1.0, 0.2
cell = FORGET * OLD + INPUT * CANDIDATE
squashed = np.tanh(cell)
total = D_CELL + D_STATE * OUTPUT * (1 - squashed**2)

fig, ax = style.axes(2.1)
arrow = {"arrowstyle": "-|>", "color": style.INK, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0}


def line(start: tuple[float, float], end: tuple[float, float]) -> None:
    """An arrow in the direction of the values."""
    ax.annotate("", end, start, arrowprops=arrow)


def node(x: float, y: float, name: str) -> None:
    """An operation."""
    ax.add_patch(
        Circle((x, y), 0.4 if len(name) > 1 else 0.3, facecolor=style.PALE, edgecolor=style.INK, linewidth=0.7)
    )
    ax.text(x, y - 0.02, name, ha="center", va="center")


def both(x: float, y: float, value: str, slope: float, side: str = "center") -> None:
    """The value above a line and the slope below it; beside a vertical line one above the other."""
    shift = 0.12 if side == "center" else 0.02
    ax.text(x, y + shift, value, ha=side, va="bottom", color=style.BLUE)
    ax.text(x, y - shift, f"{slope:.3g}", ha=side, va="top", color=style.ORANGE)


for x, y, name in ((2, 3, "×"), (3.9, 3, "+"), (6.3, 1.7, "tanh"), (6.3, 0.3, "×"), (3.9, 1.2, "×")):
    node(x, y, name)
line((0, 3), (1.7, 3))
both(0.75, 3, "old cell 1", total * FORGET)
line((2.3, 3), (3.6, 3))
both(2.95, 3, f"{FORGET * OLD:.1f}", total)
line((4.2, 3), (8.7, 3))
both(5.2, 3, f"new cell {cell:.0f}", total)
ax.text(7.6, 3.12, "to the next step", ha="center", va="bottom", color=style.GRAY)
ax.text(7.6, 2.88, f"{D_CELL:.1f}", ha="center", va="top", color=style.ORANGE)
line((6.3, 3), (6.3, 2.1))
both(6.42, 2.45, "", total - D_CELL, "left")
line((6.3, 1.3), (6.3, 0.6))
both(6.42, 0.97, f"{squashed:.2f}", D_STATE * OUTPUT, "left")
line((6.6, 0.3), (8.7, 0.3))
both(7.7, 0.3, f"state {OUTPUT * squashed:.2f}", D_STATE)
line((2, 1.6), (2, 2.7))
both(1.9, 2.1, f"f = {FORGET}", total * OLD, "right")
line((3.9, 1.5), (3.9, 2.7))
both(4.02, 2.1, f"{INPUT * CANDIDATE:.1f}", total, "left")
line((2.3, 1.2), (3.6, 1.2))
both(2.75, 1.2, f"i = {INPUT}", total * CANDIDATE)
line((3.9, 0), (3.9, 0.9))
both(3.8, 0.25, f"g = {CANDIDATE}", total * INPUT, "right")
line((4.7, 0.3), (6.0, 0.3))
both(5.3, 0.3, f"o = {OUTPUT}", D_STATE * squashed)
ax.text(4.3, -0.75, "blue: values, forward      orange: slopes of the loss, backward", ha="center")
ax.set(xlim=(-0.3, 8.9), ylim=(-0.95, 3.6))
ax.set_aspect("equal")
ax.axis("off")
style.save(fig, __file__)
