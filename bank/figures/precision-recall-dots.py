"""Twenty messages in the order of their scores: what is flagged, what is found, and both ratios."""

import style

SPAM = (1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0)  # from the highest score to the lowest
FLAGGED = 8
hits, positives = sum(SPAM[:FLAGGED]), sum(SPAM)

fig, ax = style.axes()
for place, spam in enumerate(SPAM):
    x, y = place % 10, -(place // 10)
    flagged = place < FLAGGED
    ax.plot(
        x,
        y,
        marker="s" if spam else "o",
        markersize=11,
        markerfacecolor=style.ORANGE if spam else style.PALE,
        markeredgecolor=style.INK,
        markeredgewidth=1.6 if flagged else 0.4,
    )
ax.plot([7.5, 7.5], [-0.45, 0.45], linewidth=1.2, **style.LINES[0])
ax.text(3.5, 0.62, f"flagged: {FLAGGED}", ha="center", color=style.BLUE, weight="bold")
ax.text(4.5, -1.75, f"squares are spam: {hits} of the {FLAGGED} flagged, {hits} of all {positives}", ha="center")
ax.text(
    4.5,
    -2.25,
    f"precision {hits}/{FLAGGED} = {hits / FLAGGED:.2f},  recall {hits}/{positives} = {hits / positives:.2f}",
    ha="center",
    weight="bold",
)
ax.set(xlim=(-0.8, 9.8), ylim=(-2.5, 1))
ax.axis("off")
style.save(fig, __file__)
