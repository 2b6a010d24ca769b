"""Uniform heights carried through a distribution function: an exponential, and a staircase of three items."""

import numpy as np

import style

fig, (left, right) = style.axes(ncols=2, sharey=True, width_ratios=(1.35, 1))
x = np.linspace(0, 3.6, 300)
left.plot(x, 1 - np.exp(-x), **style.LINES[0])
for u in np.arange(0.05, 1, 0.1):
    at = -np.log(1 - u)
    left.plot((0, at, at), (u, u, 0), color=style.ORANGE, linewidth=0.6)
    left.plot(at, 0, marker="o", markersize=2.6, color=style.ORANGE, clip_on=False, zorder=3)
left.set(xlim=(0, 3.6), ylim=(0, 1), xlabel="x", ylabel="u = F(x)", yticks=[0, 0.2, 0.5, 0.7, 1])
left.set_title("exponential")

sums = (0, 0.2, 0.7, 1)
for item in range(3):
    right.plot((item, item), sums[item : item + 2], color=style.SKY, linewidth=1, linestyle=(0, (1, 1)))
    right.plot((item, item + 1), (sums[item + 1],) * 2, color=style.BLUE)
right.annotate("", (1, 0.65), (-0.5, 0.65), arrowprops={"arrowstyle": "-", "color": style.ORANGE, "linewidth": 1})
right.annotate("", (1, 0), (1, 0.65), arrowprops={"arrowstyle": "-|>", "color": style.ORANGE, "linewidth": 1})
right.text(-0.42, 0.73, "u = 0.65", color=style.ORANGE, va="center")
right.set(xlim=(-0.5, 3), xlabel="item", xticks=[0, 1, 2])
right.set_title("weights 0.2, 0.5, 0.3")
style.save(fig, __file__)
