"""Two weights that GRPO adds: by difficulty of the question (left) and by length of the answer (right)."""

import numpy as np

import style

fig, (left, right) = style.axes(ncols=2)
share = np.linspace(0, 1, 201)
spread = np.sqrt(share * (1 - share))  # of rewards 0 and 1; the mean size of a centered reward is 2 p (1 - p)
left.plot(share, 2 * spread, **style.LINES[0])
left.plot(share, 4 * spread**2, **style.LINES[1])
left.text(0.5, 1.13, "divided by std", ha="center", color=style.BLUE)
left.text(0.5, 0.42, "not\ndivided", ha="center", va="center", color=style.ORANGE)
left.set(ylim=(0, 1.3), xticks=[0, 0.5, 1], yticks=[0, 1], xlabel="share of right answers")
left.set_ylabel("weight, relative to 0.5")

length = np.linspace(100, 1000, 181)
right.plot(length, 100 / length, **style.LINES[0])
right.axhline(0.4, **style.LINES[1])
right.text(330, 0.78, "divided by\nits length", va="center", color=style.BLUE)
right.text(980, 0.46, "by a constant", ha="right", color=style.ORANGE)
right.set(ylim=(0, 1.3), yticks=[0, 1], xlabel="tokens of a wrong answer", ylabel="push per token")
right.set_xticks([100, 500, 1000], ["100", "500", "1,000"])
style.save(fig, __file__)
