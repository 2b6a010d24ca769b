"""Search over three kinds of content: each is cut into searchable parts in advance; a query asks all indexes."""

from matplotlib.patches import FancyBboxPatch

import style

fig, ax = style.axes()
BOXES = (
    ("pages", 0, 3.9, "white", 1.5),
    ("images", 0, 2.6, "white", 1.5),
    ("videos", 0, 1.3, "white", 1.5),
    ("passages", 2.3, 3.9, style.PALE, 2.6),
    ("image vectors,\ntext in the image", 2.3, 2.6, style.PALE, 2.6),
    ("shots, speech\nwith times", 2.3, 1.3, style.PALE, 2.6),
    ("indexes:\nwords and\nvectors", 5.7, 2.4, "white", 1.9),
    ("query, one\nvector per model", 5.3, 0.15, "white", 2.6),
    ("calibrate,\nmerge", 8.4, 3.6, style.PALE, 1.9),
    ("re-rank 40,\nrights", 8.4, 1.95, style.PALE, 1.9),
    ("page, with\nmoments", 8.4, 0.15, "white", 1.9),
)
for text, x, y, face, width in BOXES:
    height = 1.35 if text.startswith("indexes") else 0.95
    box = FancyBboxPatch(
        (x, y), width, height, boxstyle="round,pad=0.05", facecolor=face, edgecolor=style.INK, linewidth=0.7
    )
    ax.add_patch(box)
    ax.text(x + width / 2, y + height / 2, text, ha="center", va="center")
line = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
for start, end in (
    ((1.55, 4.38), (2.25, 4.38)),
    ((1.55, 3.08), (2.25, 3.08)),
    ((1.55, 1.78), (2.25, 1.78)),
    ((4.95, 4.2), (5.65, 3.6)),
    ((4.95, 3.08), (5.65, 3.08)),
    ((4.95, 1.9), (5.65, 2.6)),
    ((6.65, 1.15), (6.65, 2.35)),
    ((7.65, 3.3), (8.35, 3.8)),
    ((9.35, 3.55), (9.35, 2.95)),
    ((9.35, 1.9), (9.35, 1.15)),
):
    ax.annotate("", end, start, arrowprops=line)
ax.text(2.4, 0.6, "in advance, on upload", ha="center", va="center", color=style.GRAY)
ax.set(xlim=(-0.1, 10.5), ylim=(0.0, 5.0))
ax.axis("off")
style.save(fig, __file__)
