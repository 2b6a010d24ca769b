"""A survey in which the dissatisfied answer more often: the 95% band shrinks around the wrong share."""

import numpy as np

import style

TRUE, ANSWERED, SEEN = 60, 0.18, 100 / 3  # satisfied in all, share that answers, satisfied among the answers
asked = np.logspace(2, 5, 200)
half = 196 * np.sqrt(SEEN / 100 * (1 - SEEN / 100) / (ANSWERED * asked))

fig, ax = style.axes()
ax.fill_between(asked, SEEN - half, SEEN + half, color=style.PALE, linewidth=0)
ax.plot(asked, np.full_like(asked, SEEN), **style.LINES[0])
ax.plot(asked, np.full_like(asked, TRUE), **style.LINES[1])
ax.text(1e5, TRUE + 1.5, "all customers: 60%", color=style.ORANGE, ha="right", va="bottom")
ax.text(1e5, 25, "those who answer: 33%\n(95% range shaded)", color=style.BLUE, ha="right", va="top")
ax.set(xscale="log", xlim=(100, 1e5), ylim=(0, 75), yticks=[0, 20, 40, 60])
ax.set_xticks([100, 1e3, 1e4, 1e5], ["100", "1,000", "10,000", "100,000"])
ax.minorticks_off()
ax.set(xlabel="customers asked", ylabel="satisfied (%)")
style.save(fig, __file__)
