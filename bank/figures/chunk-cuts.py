"""The same text under three ways to split it: three paragraphs of sentences, and where each way cuts."""

from itertools import pairwise

from matplotlib.patches import Rectangle

import style

# sentences in tokens; the paragraphs have 300, 500 and 100
PARAGRAPHS = ((60, 90, 80, 70), (80, 110, 90, 100, 120), (100,))
LIMIT = 400
fills = (style.PALE, style.SHADE, style.PALE)
fig, ax = style.axes(1.9)


def text(y):
    """The text as a bar: paragraphs shaded, sentences divided by thin lines."""
    start = 0
    for sentences, fill in zip(PARAGRAPHS, fills, strict=True):
        for size in sentences:
            ax.add_patch(Rectangle((start, y), size, 0.5, facecolor=fill, edgecolor=style.GRAY, linewidth=0.4))
            start += size


def cuts(y, places):
    """Heavy lines where a chunk ends, with the sizes of the chunks below."""
    for one, other in pairwise(places):
        ax.add_patch(Rectangle((one, y), other - one, 0.5, fill=False, edgecolor=style.BLUE, linewidth=1.6))
        ax.text((one + other) / 2, y - 0.07, f"{other - one}", ha="center", va="top")


for y, name, places in (
    (3.5, "fixed, 400 tokens", (0, 400, 800, 900)),
    (2.1, "recursive, at most 400", (0, 300, 680, 800, 900)),
):
    text(y)
    cuts(y, places)
    ax.text(0, y + 0.6, name)
ax.annotate(
    "torn sentence",
    (400, 4.02),
    (470, 4.25),
    va="center",
    arrowprops={**style.LEADER, "color": style.ORANGE},
)
y = 0.75
text(y)
ax.text(0, y + 0.6, "parent-child: search sentences, return the paragraph")
ax.add_patch(Rectangle((300, y), 500, 0.5, fill=False, edgecolor=style.BLUE, linewidth=1.6))
ax.add_patch(Rectangle((490, y), 90, 0.5, facecolor=style.SKY, edgecolor=style.INK, linewidth=0.8))
ax.text(535, y - 0.07, "match", ha="center", va="top")
ax.text(690, y - 0.07, "returned: 500", ha="center", va="top")
ax.text(450, 0.22, "shades: paragraphs; thin lines: sentences", ha="center", va="top")
ax.set(xlim=(-10, 910), ylim=(-0.12, 4.5))
ax.axis("off")
style.save(fig, __file__)
