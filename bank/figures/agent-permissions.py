"""The way of an agent's call: code checks it, and its kind decides whether it runs or needs a person."""

from matplotlib.patches import FancyBboxPatch

import style

fig, ax = style.axes()
BOXES = (
    ("agent\nasks for\na call", 0, 1.65, 1.5, 1.5, "white"),
    ("code checks\nrights\nand limits", 2.1, 1.65, 1.9, 1.5, style.PALE),
    ("changes nothing: run", 4.9, 3.55, 3.9, 0.75, "white"),
    ("can be undone:\nrun, keep the old value", 4.9, 1.9, 3.9, 1, "white"),
    ("irreversible: a person\nsees the exact call", 4.9, 0.25, 3.9, 1, style.PALE),
)
for text, x, y, width, height, face in BOXES:
    ax.add_patch(
        FancyBboxPatch(
            (x, y), width, height, boxstyle="round,pad=0.05", facecolor=face, edgecolor=style.INK, linewidth=0.7
        )
    )
    ax.text(x + width / 2, y + height / 2, text, ha="center", va="center")
line = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
for start, end in (
    ((1.55, 2.4), (2.05, 2.4)),
    ((4.05, 2.4), (4.85, 2.4)),
    ((4.05, 2.7), (4.85, 3.8)),
    ((4.05, 2.1), (4.85, 0.9)),
    ((3.05, 1.6), (3.05, 0.95)),
    ((6.85, 0.2), (6.85, -0.3)),
):
    ax.annotate("", end, start, arrowprops=line)
ax.text(3.05, 0.9, "not allowed:\nrefuse", ha="center", va="top")
ax.text(6.85, -0.35, "approved: run this call once", ha="center", va="top")
ax.text(0, 4.1, "every call is logged", va="center", color=style.GRAY)
ax.set(xlim=(-0.1, 8.95), ylim=(-0.85, 4.5))
ax.axis("off")
style.save(fig, __file__)
