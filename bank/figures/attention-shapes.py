"""Shapes through one attention layer: 2 texts of 5 tokens, width 8, 2 heads of width 4."""

from matplotlib.patches import FancyBboxPatch

import style

BOXES = (
    ("input", "(2, 5, 8)", 0, 1),
    ("one linear layer", "(2, 5, 24)", 1, 1),
    ("q, k, v in heads", "(2, 2, 5, 4)", 2, 1),
    ("weights", "(2, 2, 5, 5)", 2, 0),
    ("weights · values", "(2, 2, 5, 4)", 1, 0),
    ("joined, output", "(2, 5, 8)", 0, 0),
)
WIDTH, HEIGHT, STEP, RISE = 1.5, 0.8, 2.0, 1.6
fig, ax = style.axes()
for name, shape, column, row in BOXES:
    color = style.PALE if name == "weights" else "white"
    corner = (column * STEP, row * RISE)
    ax.add_patch(
        FancyBboxPatch(corner, WIDTH, HEIGHT, boxstyle="round,pad=0.03", facecolor=color, edgecolor=style.INK, lw=0.7)
    )
    ax.text(corner[0] + WIDTH / 2, corner[1] + 0.58, name, ha="center", va="center")
    ax.text(corner[0] + WIDTH / 2, corner[1] + 0.22, shape, ha="center", va="center", color=style.BLUE)
arrow = {"arrowstyle": "-|>", "color": style.INK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0}
for column in (0, 1):
    right, left = column * STEP + WIDTH + 0.05, (column + 1) * STEP - 0.05
    ax.annotate("", (left, RISE + HEIGHT / 2), (right, RISE + HEIGHT / 2), arrowprops=arrow)
    ax.annotate("", (right, HEIGHT / 2), (left, HEIGHT / 2), arrowprops=arrow)
ax.annotate("", (2 * STEP + WIDTH / 2, HEIGHT + 0.05), (2 * STEP + WIDTH / 2, RISE - 0.05), arrowprops=arrow)
ax.text(2 * STEP + WIDTH / 2 - 0.1, 1.2, "scores, mask,\nsoftmax over keys", ha="right", va="center")
KEY = "three numbers: texts, tokens, width\nfour: texts, heads, tokens, head width (weights: keys)"
ax.text(0, -0.45, KEY, color=style.GRAY, va="center")
ax.set(xlim=(-0.1, 2 * STEP + WIDTH + 0.1), ylim=(-0.8, RISE + HEIGHT + 0.2))
ax.axis("off")
style.save(fig, __file__)
