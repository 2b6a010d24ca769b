"""The levels of a U-Net on an image of 256 by 256 pixels: down, up, and the copies across."""

from matplotlib.patches import Rectangle

import style

LEVELS = 5
WIDTH, HEIGHT, STEP = 2.3, 0.62, 1.0

fig, ax = style.axes()


def corner(level: int, side: int) -> tuple[float, float]:
    """Where the box of a level stands, on the left (0) or right (1)."""
    return (0.45 * level if side == 0 else 7.6 - 0.45 * level), -STEP * level


arrow = {"arrowstyle": "-|>", "color": style.INK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 7}
for level in range(LEVELS):
    sides = (0, 1) if level < LEVELS - 1 else (0,)
    text = f"{256 >> level}² · {64 << level:,}"
    for side in sides:
        x, y = corner(level, side) if level < LEVELS - 1 else (3.8, -STEP * level)
        face = style.PALE if side == 0 and level < LEVELS - 1 else "white"
        ax.add_patch(Rectangle((x, y), WIDTH, HEIGHT, facecolor=face, edgecolor=style.INK, linewidth=0.7))
        ax.text(x + WIDTH / 2, y + HEIGHT / 2, text, ha="center", va="center")
    if level < LEVELS - 1:
        (left, y), (right, _) = corner(level, 0), corner(level, 1)
        copy = arrow | {"color": style.BLUE, "linestyle": (0, (4, 2))}
        ax.annotate("", (right - 0.05, y + HEIGHT / 2), (left + WIDTH + 0.05, y + HEIGHT / 2), arrowprops=copy)
    if level < LEVELS - 2:
        x = corner(level, 0)[0] + WIDTH / 2 + 0.2
        ax.annotate("", (x, -STEP * (level + 1) + HEIGHT), (x, -STEP * level), arrowprops=arrow)
        x = corner(level, 1)[0] + WIDTH / 2 - 0.2
        ax.annotate("", (x, -STEP * level), (x, -STEP * (level + 1) + HEIGHT), arrowprops=arrow)
(left, y), (right, _) = corner(LEVELS - 2, 0), corner(LEVELS - 2, 1)
bottom = -STEP * (LEVELS - 1) + HEIGHT / 2
ax.annotate("", (3.75, bottom), (left + 0.9, y), arrowprops=arrow)
ax.annotate("", (right + WIDTH - 0.9, y), (3.85 + WIDTH, bottom), arrowprops=arrow)
ax.annotate("", (7.6 + WIDTH / 2, HEIGHT + 0.5), (7.6 + WIDTH / 2, HEIGHT), arrowprops=arrow)
ax.annotate("", (WIDTH / 2, HEIGHT), (WIDTH / 2, HEIGHT + 0.5), arrowprops=arrow)
ax.text(WIDTH / 2, HEIGHT + 0.55, "image", ha="center", va="bottom")
ax.text(7.6 + WIDTH / 2, HEIGHT + 0.55, "scores per pixel", ha="center", va="bottom")
ax.text(4.95, HEIGHT / 2 + 0.12, "copy", ha="center", va="bottom", color=style.BLUE)
ax.text(-0.1, -3.9, "pool: half\nthe size", va="center", color=style.GRAY)
ax.text(10.0, -3.9, "up: twice\nthe size", ha="right", va="center", color=style.GRAY)
ax.text(4.95, HEIGHT + 0.55, "size² · channels", ha="center", va="bottom", color=style.GRAY)
ax.set(xlim=(-0.15, 10.05), ylim=(-4.35, 1.65))
ax.axis("off")
style.save(fig, __file__)
