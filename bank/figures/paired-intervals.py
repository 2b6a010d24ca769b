"""The same two scores, three tables: the interval of the gain depends on how many cases disagree."""

from math import sqrt

import style

N, GAIN = 200, 6
HALVES = [196 / N * sqrt(a + b - GAIN**2 / N) for a, b in ((0, 6), (8, 14), (24, 30))]
HALVES.append(196 * sqrt(0.82 * 0.18 / N + 0.85 * 0.15 / N))
LABELS = ["only A 0, only B 6", "only A 8, only B 14", "only A 24, only B 30", "as separate\nsamples (wrong)"]

fig, ax = style.axes()
ax.axvline(0, color=style.GRAY, lw=0.7)
for y, half in enumerate(HALVES):
    look = style.LINES[0] if y < 3 else style.LINES[1]
    ax.plot((3 - half, 3 + half), (-y, -y), **look)
    ax.plot(3, -y, "o", color=look["color"], markersize=4)
    ax.text(3, 0.14 - y, f"{3 - half:.1f} to {3 + half:.1f}".replace("-", "−"), ha="center", va="bottom")
ax.set(
    yticks=[0, -1, -2, -3],
    ylim=(-3.4, 0.6),
    xlim=(-5.5, 11.5),
    xticks=[-5, 0, 5, 10],
    xlabel="gain of B in points, 95% interval",
)
ax.set_yticklabels(LABELS)
ax.tick_params(axis="y", length=0)
ax.spines["left"].set_visible(False)
style.save(fig, __file__)
