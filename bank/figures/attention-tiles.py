"""Fused attention: one block of query rows stays on the chip while blocks of keys and values pass by."""

from matplotlib.patches import FancyBboxPatch, Rectangle

import style

TILES = 4
ROW, NOW = 1, 2  # the row of tiles in work, and the tile that is on the chip
fig, ax = style.axes()
for row in range(TILES):
    for column in range(TILES):
        done = row < ROW or (row == ROW and column < NOW)
        now = (row, column) == (ROW, NOW)
        color = style.BLUE if now else style.SHADE if done else "white"
        ax.add_patch(Rectangle((column, -row), 0.92, 0.92, facecolor=color, edgecolor=style.GRAY, linewidth=0.6))
        if done or now:
            ax.text(
                column + 0.46,
                -row + 0.46,
                "now" if now else "gone",
                ha="center",
                va="center",
                color="white" if now else style.INK,
            )
for i in range(TILES):
    chosen = i == NOW
    ax.add_patch(
        Rectangle(
            (i, 1.15), 0.92, 0.4, facecolor=style.SKY if chosen else style.PALE, edgecolor=style.INK, linewidth=0.6
        )
    )
    chosen = i == ROW
    ax.add_patch(
        Rectangle(
            (-0.65, -i), 0.4, 0.92, facecolor=style.SKY if chosen else style.PALE, edgecolor=style.INK, linewidth=0.6
        )
    )
ax.text(TILES / 2, 1.72, "blocks of keys and values", ha="center", va="bottom")
ax.text(-0.85, -1.04, "blocks of queries", ha="right", va="center", rotation=90)
ax.add_patch(
    FancyBboxPatch(
        (4.85, -1.55),
        2.8,
        1.9,
        boxstyle="round,pad=0.05,rounding_size=0.15",
        facecolor="white",
        edgecolor=style.INK,
        linewidth=0.8,
    )
)
ax.text(
    6.25,
    -0.6,
    "kept per query:\nlargest score $m$,\nsum $\\ell$, output $o$",
    ha="center",
    va="center",
)
arrow = {"arrowstyle": "-|>", "color": style.INK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0}
ax.annotate("", (4.8, -0.54), (NOW + 0.92, -0.54), arrowprops=arrow, zorder=5)
ax.annotate("", (6.25, -2.3), (6.25, -1.62), arrowprops=arrow)
ax.text(6.25, -2.4, "at the row's end write\n$o/\\ell$ to large memory", ha="center", va="top")
ax.set(xlim=(-1.3, 7.8), ylim=(-3.4, 2.4))
ax.set_aspect("equal")
ax.axis("off")
style.save(fig, __file__)
