"""Three learning-rate schedules with a common warm-up, drawn from their formulas."""

import numpy as np

import style

WARM, TOTAL, COOL = 1000, 10_000, 2000

t = np.arange(1, TOTAL + 1)
warm = t / WARM
cosine = np.where(t <= WARM, warm, 0.5 * (1 + np.cos(np.pi * (t - WARM) / (TOTAL - WARM))))
root = np.minimum(warm, np.sqrt(WARM / t))
cooled = np.minimum(np.minimum(warm, 1), (TOTAL - t) / COOL)

fig, ax = style.axes()
for values, line in ((cooled, style.LINES[1]), (root, style.LINES[3]), (cosine, style.LINES[0])):
    ax.plot(t, values, **line)
ax.text(4600, 1.03, "constant, then cool-down", color=style.ORANGE)
ax.text(5350, 0.62, "cosine", color=style.BLUE)
ax.text(1650, 0.38, "inverse\nsquare root", color=style.INK)
ax.text(650, 0.15, "warm-up", color=style.GRAY)
ax.set(xlabel="step", ylabel="learning rate / peak", xlim=(0, 10_150), ylim=(0, 1.12))
ax.set_xticks([0, WARM, 4000, 8000, TOTAL], ["0", "1,000", "4,000", "8,000", "10,000"])
style.save(fig, __file__)
