"""The measured difference of two shares, 1,090 users each: without an effect, and with 20% against 25%."""

import numpy as np
from scipy.stats import norm

import style

N = 1090
SE = 100 * np.sqrt((0.2 * 0.8 + 0.25 * 0.75) / N)
LIMIT = 1.96 * SE

x = np.linspace(-11, 11, 800)
none, effect = norm(0, SE), norm(5, SE)
fig, ax = style.axes()
right = x >= LIMIT
ax.fill_between(x[right], effect.pdf(x[right]), color=style.PALE, linewidth=0)
ax.fill_between(x[~right], effect.pdf(x[~right]), color=style.SHADE, linewidth=0)
for tail in (x >= LIMIT, x <= -LIMIT):
    ax.fill_between(x[tail], none.pdf(x[tail]), color=style.INK, linewidth=0)
ax.plot(x, none.pdf(x), **style.LINES[0])
ax.plot(x, effect.pdf(x), **style.LINES[1])
for place in (-LIMIT, LIMIT):
    ax.plot((place, place), (0, 0.222), color=style.GRAY, linewidth=0.7)
ax.text(0, 0.232, "no effect", color=style.BLUE, ha="center")
ax.text(5.6, 0.232, "true difference 5", color=style.ORANGE, ha="center")
ax.text(5.3, 0.07, "power\n80%", ha="center")
ax.annotate("missed 20%", (2.7, 0.045), xytext=(-10.7, 0.16), va="center", arrowprops=style.LEADER)
ax.annotate("false alarms\n2.5% each", (-3.9, 0.006), xytext=(-10.7, 0.06), va="center", arrowprops=style.LEADER)
ax.set(xlim=(-11, 11), ylim=(0, 0.256), yticks=[], xticks=[-10, -5, 0, 5, 10])
ax.set(xlabel="measured difference, percentage points", ylabel="density")
style.save(fig, __file__)
