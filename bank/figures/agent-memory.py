"""The way of a memory: written from the conversation, kept outside, ranked, and shown in the context window."""

from matplotlib.patches import FancyBboxPatch

import style

fig, ax = style.axes()
BOXES = (
    ("conversation", 0, 3.1, "white"),
    ("write: what\nis worth it?", 3.1, 3.1, style.PALE),
    ("store: events,\nfacts, how to act", 6.2, 3.1, "white"),
    ("rank: relevance,\nrecency,\nimportance", 6.2, 0.8, style.PALE),
    ("context window", 3.1, 0.8, "white"),
    ("model", 0, 0.8, "white"),
)
for text, x, y, face in BOXES:
    box = FancyBboxPatch(
        (x, y), 2.35, 1.35, boxstyle="round,pad=0.05", facecolor=face, edgecolor=style.INK, linewidth=0.7
    )
    ax.add_patch(box)
    ax.text(x + 1.175, y + 0.675, text, ha="center", va="center")
line = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
for start, end in (
    ((2.4, 3.77), (3.05, 3.77)),
    ((5.5, 3.77), (6.15, 3.77)),
    ((7.37, 3.05), (7.37, 2.2)),
    ((6.15, 1.47), (5.5, 1.47)),
    ((3.05, 1.47), (2.4, 1.47)),
    ((1.17, 2.2), (1.17, 3.05)),
    ((4.27, 0.2), (4.27, 0.73)),
):
    ax.annotate("", end, start, arrowprops=line)
ax.text(4.27, 0.12, "rules, tools, latest turns", ha="center", va="top")
ax.text(1.3, 2.62, "answer", va="center", color=style.GRAY)
ax.set(xlim=(-0.1, 8.65), ylim=(-0.45, 4.55))
ax.axis("off")
style.save(fig, __file__)
