"""Share of a new text's words that no training text contained, when word frequencies follow Zipf's law."""

import numpy as np

import style

WORDS = 20_000

frequency = 1 / np.arange(1, WORDS + 1)
frequency /= frequency.sum()
texts = np.geomspace(20, 20_000, 60)
fig, ax = style.axes()
for length, line in ((10, style.LINES[0]), (200, style.LINES[1])):
    unseen = [float((frequency * (1 - frequency) ** (n * length)).sum()) for n in texts]
    ax.plot(texts, unseen, label=f"{length} words per text", **line)
ax.set_xscale("log")
ax.set_xticks((20, 100, 1000, 10_000), ["20", "100", "1,000", "10,000"])
ax.minorticks_off()
ax.set(xlabel="training texts", ylabel="share of words unseen", xlim=(20, 20_000), ylim=(0, 0.7))
ax.legend(loc="upper right")
style.save(fig, __file__)
