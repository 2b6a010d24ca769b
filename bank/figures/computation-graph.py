"""Backpropagation through one unit: values forward above the arrows, derivatives of the loss backward below them."""

import style

W, X, B, TARGET = 2.0, 3.0, -4.0, 1.0
product = W * X
total = product + B
loss = (total - TARGET) ** 2
d_total = 2 * (total - TARGET)
NODES = (("w · x", 1.2, 0.9), ("+ b", 2.6, 0.9), ("(s − 1)²", 4.0, 0.9))
fig, ax = style.axes()
for name, x, y in NODES:
    ax.text(
        x,
        y,
        name,
        ha="center",
        va="center",
        bbox={"boxstyle": "round,pad=0.4", "facecolor": style.PALE, "edgecolor": style.INK, "linewidth": 0.7},
    )
EDGES = (
    ((0.1, 1.5), (0.85, 1.05), f"w = {W:.0f}", d_total * X, (0.12, 1.62)),
    ((0.1, 0.3), (0.85, 0.75), f"x = {X:.0f}", d_total * W, (0.12, 0.02)),
    ((1.55, 0.9), (2.25, 0.9), f"{product:.0f}", d_total, None),
    ((2.9, 0.9), (3.5, 0.9), f"s = {total:.0f}", d_total, None),
    ((2.6, 1.65), (2.6, 1.1), f"b = {B:.0f}".replace("-", "−"), d_total, (2.6, 1.78)),
    ((4.5, 0.9), (5.0, 0.9), "", 1, None),
)
for start, end, value, slope, place in EDGES:
    ax.annotate(
        "",
        end,
        start,
        arrowprops={"arrowstyle": "-|>", "color": style.INK, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0},
    )
    if place is None:
        x = (start[0] + end[0]) / 2
        ax.text(x, 1.02, value, ha="center", va="bottom", color=style.BLUE)
        ax.text(x, 0.74, f"{slope:.0f}", ha="center", va="top", color=style.ORANGE)
    else:
        ax.text(*place, value, ha="center", va="bottom", color=style.BLUE)
        ax.text(place[0] + 0.62, place[1], f"{slope:.0f}", ha="center", va="bottom", color=style.ORANGE)
ax.text(5.12, 0.9, f"loss {loss:.0f}", va="center", color=style.BLUE)
ax.text(2.9, -0.45, "blue: values, forward      orange: slopes of the loss, backward", ha="center")
ax.set(xlim=(-0.3, 6), ylim=(-0.7, 2.2))
ax.axis("off")
style.save(fig, __file__)
