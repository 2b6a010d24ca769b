"""How a feature's metrics hang together: the wanted path to the goal, and the side path that a guardrail watches."""

from matplotlib.patches import FancyBboxPatch

import style

BOXES = (  # text, role, column, row, fill
    ("reminder\nsent", "feature", 0, 1, "white"),
    ("reminder\nopened", "diagnostic", 1, 1, "white"),
    ("lessons\nfinished", "driver", 2, 1, style.PALE),
    ("learning\nin week 8", "goal", 3, 1, style.PALE),
    ("notifications\noff", "guardrail", 1.5, 0, style.SHADE),
)
WIDTH, HEIGHT, STEP, RISE = 1.3, 0.75, 1.72, 1.75
fig, ax = style.axes()
for text, role, column, row, fill in BOXES:
    corner = (column * STEP, row * RISE)
    box = FancyBboxPatch(
        corner, WIDTH, HEIGHT, boxstyle="round,pad=0.03", facecolor=fill, edgecolor=style.INK, linewidth=0.7
    )
    ax.add_patch(box)
    ax.text(corner[0] + WIDTH / 2, corner[1] + HEIGHT / 2, text, ha="center", va="center")
    above = corner[1] + HEIGHT + 0.12 if row else corner[1] - 0.12
    ax.text(corner[0] + WIDTH / 2, above, role, ha="center", va="bottom" if row else "top", color=style.BLUE)
arrow = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
side = arrow | {"color": style.ORANGE, "linestyle": "--"}
for column in range(3):
    y = RISE + HEIGHT / 2
    ax.annotate("", ((column + 1) * STEP - 0.04, y), (column * STEP + WIDTH + 0.04, y), arrowprops=arrow)
ax.annotate("", (1.5 * STEP - 0.04, HEIGHT / 2 + 0.1), (WIDTH / 2, RISE - 0.04), arrowprops=side)
ax.annotate("", (3 * STEP + WIDTH / 2, RISE - 0.04), (1.5 * STEP + WIDTH + 0.04, HEIGHT / 2 + 0.1), arrowprops=side)
ax.text(1.4, 0.85, "annoys", ha="right", color=style.ORANGE)
ax.text(3 * STEP - 0.05, 0.85, "harms", ha="left", color=style.ORANGE)
ax.set(xlim=(-0.1, 3 * STEP + WIDTH + 0.1), ylim=(-0.5, 3.0))
ax.axis("off")
style.save(fig, __file__)
