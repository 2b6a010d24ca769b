"""A question on its way through an evaluation with a judge: two answers, two orders, strict verdicts, one result."""

from matplotlib.patches import FancyBboxPatch

import style

fig, ax = style.axes(1.9)
BOXES = (
    ("question", 0, 2.3, "white", 1.8),
    ("model A", 2.6, 3.3, "white", 1.8),
    ("model B", 2.6, 1.3, "white", 1.8),
    ("judge: A first", 5.2, 3.3, style.PALE, 2.4),
    ("judge: B first", 5.2, 1.3, style.PALE, 2.4),
    ("parse\nstrictly", 8.4, 2.3, style.PALE, 1.9),
    ("same winner: A or B\nelse valid: tie\nnot valid: invalid", 7.1, -0.25, "white", 3.2),
    ("score, interval,\nkappa, first share", 2.9, -0.25, "white", 3.2),
)
for text, x, y, face, width in BOXES:
    height = 1.1 if y < 0 else 0.85
    box = FancyBboxPatch(
        (x, y), width, height, boxstyle="round,pad=0.05", facecolor=face, edgecolor=style.INK, linewidth=0.7
    )
    ax.add_patch(box)
    ax.text(x + width / 2, y + height / 2, text, ha="center", va="center")
line = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
for start, end in (
    ((1.85, 2.9), (2.55, 3.5)),
    ((1.85, 2.5), (2.55, 1.9)),
    ((4.45, 3.72), (5.15, 3.72)),
    ((4.45, 1.72), (5.15, 1.72)),
    ((4.45, 3.45), (5.15, 2.05)),
    ((4.45, 2.0), (5.15, 3.4)),
    ((7.65, 3.5), (8.35, 2.95)),
    ((7.65, 1.95), (8.35, 2.5)),
    ((9.35, 2.25), (9.35, 0.9)),
    ((7.05, 0.3), (6.15, 0.3)),
):
    ax.annotate("", end, start, arrowprops=line)
ax.text(0.0, 0.3, "all answers and\nverdicts are cached", va="center", color=style.GRAY)
ax.set(xlim=(-0.1, 10.5), ylim=(-0.4, 4.3))
ax.axis("off")
style.save(fig, __file__)
