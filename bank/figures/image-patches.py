"""An image cut into patches, the patches as tokens with positions, and the class read from one token."""

import math

from matplotlib.patches import FancyBboxPatch, Rectangle

import style

SIDE = 4  # patches across, here; 14 in a ViT for 224 pixels


def gray(row: int, column: int) -> str:
    """Return the shade of a patch: a bright disk on a dark ground."""
    distance = math.hypot(row - 1.2, column - 1.8)
    return f"{0.25 + 0.7 * math.exp(-(distance**2) / 2.5):.3f}"


fig, ax = style.axes()
for row in range(SIDE):
    for column in range(SIDE):
        ax.add_patch(
            Rectangle((0.55 * column, 4.2 - 0.55 * row), 0.5, 0.5, facecolor=gray(row, column), edgecolor="none")
        )
ax.text(1.08, 4.95, "patches", ha="center")
names = ["class", *("1", "2", "3"), "…", "N"]
shades = [style.PALE, gray(0, 0), gray(0, 1), gray(0, 2), None, gray(3, 3)]
for i, (name, shade) in enumerate(zip(names, shades, strict=True)):
    x = 3.6 + 0.82 * i
    if shade is None:
        ax.text(x + 0.3, 3.9, name, ha="center", va="center")
        continue
    ax.add_patch(Rectangle((x, 3.65), 0.6, 0.5, facecolor=shade, edgecolor=style.INK, linewidth=0.5))
    ax.text(x + 0.3, 4.42, name, ha="center", va="center")
ax.text(5.95, 4.95, "tokens: same matrix for all", ha="center")
ax.text(5.95, 3.3, "each plus a vector for its place", ha="center", va="center")
ax.add_patch(
    FancyBboxPatch(
        (3.35, 1.45), 5.1, 0.85, boxstyle="round,pad=0.06", facecolor=style.PALE, edgecolor=style.INK, lw=0.7
    )
)
ax.text(5.9, 1.87, "12 blocks: each token reads all", ha="center", va="center")
ax.text(3.35, 0.5, "final class token: class scores", ha="left", va="center")
line = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
for start, end in (((2.35, 3.9), (3.45, 3.9)), ((5.95, 3.05), (5.95, 2.45)), ((3.75, 1.35), (3.75, 0.75))):
    ax.annotate("", end, start, arrowprops=line)
ax.set(xlim=(-0.1, 8.6), ylim=(0.3, 5.3))
ax.axis("off")
style.save(fig, __file__)
