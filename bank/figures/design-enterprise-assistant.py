"""A company assistant as blocks: above, what happens when documents change; below, what happens at a question."""

from matplotlib.patches import FancyBboxPatch

import style

BOXES = {  # text, left, bottom, width, fill
    "sources": ("sources:\nwiki, files", 0, 3.6, 1.55, style.PALE),
    "connector": ("connector:\ntext + groups", 2.0, 3.6, 1.85, style.PALE),
    "chunks": ("chunks,\nvectors", 4.3, 3.6, 1.3, style.PALE),
    "index": ("index with\ngroups", 6.05, 3.6, 1.55, style.PALE),
    "user": ("sign-in:\ngroups", 0, 1.8, 1.55, "white"),
    "rewrite": ("rewrite\nquestion", 2.0, 1.8, 1.85, "white"),
    "search": ("search with\ngroup filter", 5.8, 1.8, 1.8, "white"),
    "rank": ("rerank:\nbest 8", 6.05, 0, 1.55, "white"),
    "check": ("right\nstill valid?", 4.1, 0, 1.5, "white"),
    "model": ("language\nmodel", 2.2, 0, 1.45, "white"),
    "answer": ("answer\nwith links", 0, 0, 1.55, "white"),
}
HEIGHT = 0.95
fig, ax = style.axes(1.9)
for text, left, bottom, width, fill in BOXES.values():
    box = FancyBboxPatch(
        (left, bottom), width, HEIGHT, boxstyle="round,pad=0.04", facecolor=fill, edgecolor=style.INK, linewidth=0.7
    )
    ax.add_patch(box)
    ax.text(left + width / 2, bottom + HEIGHT / 2, text, ha="center", va="center")
arrow = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}


def across(start: str, end: str) -> None:
    """An arrow between neighbors of a row."""
    (_, a, y, width, _), (_, b, _, other, _) = BOXES[start], BOXES[end]
    ends = ((b - 0.05), (a + width + 0.05)) if a < b else ((b + other + 0.05), (a - 0.05))
    ax.annotate("", (ends[0], y + HEIGHT / 2), (ends[1], y + HEIGHT / 2), arrowprops=arrow)


for pair in (
    ("sources", "connector"),
    ("connector", "chunks"),
    ("chunks", "index"),
    ("user", "rewrite"),
    ("rewrite", "search"),
    ("rank", "check"),
    ("check", "model"),
    ("model", "answer"),
):
    across(*pair)
for high, low in ((3.55, 2.8), (1.75, 1.0)):
    ax.annotate("", (6.82, low), (6.82, high), arrowprops=arrow)
ax.text(0, 4.72, "when a document changes", color=style.BLUE)
ax.text(0, 2.92, "for each question", color=style.BLUE)
ax.text(4.83, 2.42, "question", ha="center", color=style.GRAY)
ax.text(0.78, -0.16, "log, tests by role", ha="center", va="top", color=style.GRAY)
ax.set(xlim=(-0.1, 7.75), ylim=(-0.5, 5.1))
ax.axis("off")
style.save(fig, __file__)
