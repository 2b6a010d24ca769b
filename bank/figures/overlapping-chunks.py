"""Ten words cut into windows of four that overlap by one."""

from matplotlib.patches import Rectangle

import style

WORDS, SIZE, OVERLAP = 10, 4, 1

starts = [0]
while starts[-1] + SIZE < WORDS:
    starts.append(starts[-1] + SIZE - OVERLAP)
fig, ax = style.axes()
for word in range(WORDS):
    twice = sum(start <= word < start + SIZE for start in starts) > 1
    face = style.PALE if twice else "white"
    ax.add_patch(Rectangle((word, 0), 1, 0.8, facecolor=face, edgecolor=style.INK, linewidth=0.7))
    ax.text(word + 0.5, 0.38, str(word + 1), ha="center", va="center")
for row, start in enumerate(starts):
    y = -0.55 - 0.55 * row
    end = min(start + SIZE, WORDS)
    ax.plot([start + 0.05, end - 0.05], [y, y], color=style.BLUE, linewidth=2.5, solid_capstyle="butt")
    left = start > WORDS / 2
    ax.text(start - 0.15 if left else end + 0.15, y, f"chunk {row}", ha="right" if left else "left", va="center")
ax.text(0, 1.0, "words of a document; shaded: in two chunks", va="bottom", color=style.GRAY)
ax.set(xlim=(-0.1, WORDS + 0.1), ylim=(-2.0, 1.5))
ax.axis("off")
style.save(fig, __file__)
