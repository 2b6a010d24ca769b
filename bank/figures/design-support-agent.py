"""A support agent as blocks: a loop with tools, a decision between answer and person, and what is learned from both."""

from matplotlib.patches import FancyBboxPatch

import style

BOXES = (  # text, left, bottom, width, fill
    ("login,\nchat", 0, 2.4, 1.05, "white"),
    ("agent:\nlanguage model", 1.65, 2.4, 2.1, style.PALE),
    ("help pages", 0.25, 4.55, 1.5, "white"),
    ("orders", 2.15, 4.55, 1.1, "white"),
    ("changes, with\nlimits in code", 3.65, 4.4, 2.0, "white"),
    ("rules in code,\n$p>1-c/L$ ?", 4.4, 2.4, 1.95, "white"),
    ("answer", 7.1, 3.4, 1.3, "white"),
    ("person", 7.1, 1.2, 1.3, "white"),
    ("graded chats,\ntests, new pages", 1.4, 0.2, 2.5, "white"),
)
fig, ax = style.axes(1.9)
for text, left, bottom, width, fill in BOXES:
    height = 1.0 if "\n" in text else 0.75
    box = FancyBboxPatch(
        (left, bottom), width, height, boxstyle="round,pad=0.04", facecolor=fill, edgecolor=style.INK, linewidth=0.7
    )
    ax.add_patch(box)
    ax.text(left + width / 2, bottom + height / 2, text, ha="center", va="center")
arrow = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
for start, end in (
    ((1.1, 2.9), (1.6, 2.9)),
    ((3.8, 2.9), (4.35, 2.9)),
    ((6.4, 3.1), (7.05, 3.65)),
    ((6.4, 2.7), (7.05, 1.75)),
):
    ax.annotate("", end, start, arrowprops=arrow)
for start, end in (((2.2, 3.45), (1.2, 4.5)), ((2.7, 3.45), (2.7, 4.5)), ((3.2, 3.45), (4.3, 4.35))):
    ax.annotate("", end, start, arrowprops=arrow | {"arrowstyle": "<|-|>"})
dashed = {"color": style.ORANGE, "linewidth": 1, "linestyle": (0, (4, 2))}
ax.plot((7.75, 7.75), (1.15, 0.7), **dashed)
ax.annotate("", (3.95, 0.7), (7.76, 0.7), arrowprops=arrow | dashed)
ax.annotate("", (2.7, 2.35), (2.7, 1.25), arrowprops=arrow | dashed)
ax.plot((8.45, 8.65, 8.65, 7.75), (3.77, 3.77, 0.7, 0.7), **dashed)
ax.text(6.6, 1.85, "summary", ha="right", va="center", color=style.BLUE)
ax.text(6.15, 0.6, "solutions, repeats within 7 days", ha="center", va="top", color=style.ORANGE)
ax.text(5.9, 4.9, "tools: the code knows\nthe customer", va="center", color=style.GRAY)
ax.set(xlim=(-0.1, 8.8), ylim=(0, 5.55))
ax.axis("off")
style.save(fig, __file__)
