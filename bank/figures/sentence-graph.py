"""Five sentences, joined where they share a content word: the two with the most links form the extract."""

from itertools import combinations

import style

WORDS = (
    {"council", "approved", "bridge", "monday"},
    {"bridge", "cost", "12", "million", "euros"},
    {"council", "pays", "half", "cost"},
    {"critics", "ferry"},
    {"work", "bridge", "starts", "may"},
)
LABELS = ("1 council\napproved", "2 cost\n12 million", "3 council\npays half", "4 critics\nsay ferry", "5 work\nin May")
PLACES = ((0.8, 2.05), (4.8, 2.05), (2.8, 3.5), (6.5, 3.5), (2.8, 0.6))

links = {(i, j): WORDS[i] & WORDS[j] for i, j in combinations(range(5), 2) if WORDS[i] & WORDS[j]}
score = [sum(i in pair for pair in links) for i in range(5)]
fig, ax = style.axes(1.9)
for (i, j), shared in links.items():
    (x0, y0), (x1, y1) = PLACES[i], PLACES[j]
    ax.plot((x0, x1), (y0, y1), color=style.GRAY, linewidth=1, zorder=1)
    word = ax.text((x0 + x1) / 2, (y0 + y1) / 2, ", ".join(shared), ha="center", va="center", zorder=2)
    word.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.8})
chosen = sorted(range(5), key=lambda i: -score[i])[:2]
for i, ((x, y), label) in enumerate(zip(PLACES, LABELS, strict=True)):
    box = {"boxstyle": "round,pad=0.35", "facecolor": style.PALE if i in chosen else "white", "edgecolor": style.INK}
    text = f"{label}\nscore {score[i]}"
    ax.text(
        x,
        y,
        text,
        ha="center",
        va="center",
        zorder=3,
        bbox=box | {"linewidth": 1.3 if i in chosen else 0.6},
    )
ax.text(6.5, 0.6, "shaded: chosen\nfor the extract", ha="center", va="center")
ax.set(xlim=(0.1, 7.2), ylim=(-0.2, 4.3))
ax.axis("off")
style.save(fig, __file__)
