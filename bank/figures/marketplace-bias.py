"""A split by rider against the truth: effect of a price on rides by the number of rides that drivers can serve."""

import numpy as np

import style

OLD, NEW = 500, 600  # requests an hour if all riders see the old price, or all the new one
supply = np.linspace(300, 700, 401)
launch = np.minimum(supply, NEW) / np.minimum(supply, OLD) - 1
served = np.minimum(1, supply / ((OLD + NEW) / 2))
split = (NEW / 2 * served) / (OLD / 2 * served) - 1

fig, ax = style.axes()
ax.fill_between(supply, 100 * launch, 100 * split, color=style.PALE, linewidth=0)
ax.plot(supply, 100 * split, **style.LINES[1])
ax.plot(supply, 100 * launch, **style.LINES[0])
ax.text(310, 21, "split by rider", color=style.ORANGE, va="bottom")
ax.text(310, 1.2, "launch for all: the truth", color=style.BLUE, va="bottom")
ax.text(420, 10.5, "bias by interference", ha="center", va="center")
ax.text(655, 15.5, "plenty:\nno bias", ha="center", va="center")
ax.set(xlim=(300, 700), ylim=(-1.5, 26), xticks=[300, 400, 500, 600, 700], yticks=[0, 10, 20])
ax.set(xlabel="rides that drivers can serve in the hour", ylabel="effect on rides (%)")
style.save(fig, __file__)
