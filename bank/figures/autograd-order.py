"""A graph in which a value is used twice: numbers, slopes of the result, and the order in which backward visits."""

from matplotlib.patches import FancyBboxPatch

import style

A = 2
b, c = A * A, A + A * A
slope_c, slope_b = b, c + b
slope_a = slope_c + 2 * A * slope_b
NODES = {
    "a": (-0.3, 1, f"a = {A}", f"{slope_c}+{A * slope_b}+{A * slope_b} = {slope_a}", 4),
    "b": (2.9, 0, f"b = a · a = {b}", f"{c} + {slope_c} = {slope_b}", 3),
    "c": (2.9, 2, f"c = a + b = {c}", f"{slope_c}", 2),
    "L": (5.95, 1, f"L = b · c = {b * c}", "1", 1),
}
WIDTH, HEIGHT = 2.15, 0.85

fig, ax = style.axes()
for x, y, text, slope, visit in NODES.values():
    ax.add_patch(
        FancyBboxPatch(
            (x, y), WIDTH, HEIGHT, boxstyle="round,pad=0.05", facecolor="white", edgecolor=style.INK, linewidth=0.7
        )
    )
    ax.text(x + WIDTH / 2, y + 0.63, text, ha="center", va="center", color=style.BLUE)
    ax.text(x + WIDTH / 2, y + 0.22, slope, ha="center", va="center", color=style.ORANGE)
    ax.text(x + WIDTH + 0.02, y + HEIGHT + 0.1, f"{visit}.", ha="right", va="bottom", color=style.GRAY)
arrow = {"arrowstyle": "-|>", "color": style.INK, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0}
for start, end in (
    ((1.92, 1.65), (2.83, 2.3)),
    ((1.92, 1.4), (2.83, 0.7)),
    ((1.92, 1.1), (2.83, 0.4)),
    ((3.97, 0.92), (3.97, 1.93)),
    ((5.12, 2.3), (5.88, 1.65)),
    ((5.12, 0.55), (5.88, 1.2)),
):
    ax.annotate("", end, start, arrowprops=arrow)
ax.text(3.97, -0.4, "blue: values, forward    orange: slopes of L    gray: order of visits", ha="center")
ax.set(xlim=(-0.45, 8.25), ylim=(-0.6, 3.3))
ax.axis("off")
style.save(fig, __file__)
