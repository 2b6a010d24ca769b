"""The merges that encode "runny", as a tree from letters to tokens, numbered in the order learned."""

import style

fig, ax = style.axes()
ax.set(xlim=(-0.6, 4.6), ylim=(-0.4, 2.9))
ax.axis("off")
spots = {
    "r": (0, 0),
    "u": (1, 0),
    "n": (2, 0),
    "n2": (3, 0),
    "y": (4, 0),
    "un": (1.5, 1.15),
    "run": (0.75, 2.3),
    "ny": (3.5, 2.3),
}
merges = [("un", "u", "n", "1"), ("run", "r", "un", "3"), ("ny", "n2", "y", "4")]
for top, left, right, _ in merges:
    for part in (left, right):
        (x0, y0), (x1, y1) = spots[part], spots[top]
        ax.plot([x0, x1], [y0, y1], color=style.GRAY, linewidth=0.9, zorder=1)
tokens = {"run", "ny"}
for name, (x, y) in spots.items():
    face = style.PALE if name in tokens else style.SHADE if name == "un" else "white"
    box = {"boxstyle": "round,pad=0.35", "facecolor": face, "edgecolor": style.INK, "linewidth": 0.8}
    ax.text(x, y, name[0] if name == "n2" else name, ha="center", va="center", fontsize=9, bbox=box)
for top, _, _, number in merges:
    x, y = spots[top]
    ax.text(x + 0.42, y, f"merge {number}", ha="left", va="center", color=style.BLUE)
style.save(fig, __file__)
