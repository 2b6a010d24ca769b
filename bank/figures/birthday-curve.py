"""The chance that any two people share a birthday, and the chance that one of them shares yours."""

import numpy as np

import style

n = np.arange(1, 81)
any_two = np.array([1 - np.prod(1 - np.arange(k) / 365) for k in n])
fig, ax = style.axes()
ax.plot(n, any_two, **style.LINES[0])
ax.plot(n, 1 - (364 / 365) ** n, **style.LINES[1])
ax.axhline(0.5, color=style.GRAY, linewidth=0.6, linestyle=":")
ax.plot(23, any_two[22], marker="o", markersize=4, color=style.INK, zorder=3)
ax.annotate("23 people: 51%", (23, any_two[22]), xytext=(29, 0.38), arrowprops=style.LEADER)
ax.text(38, 0.75, "any two of them match", color=style.BLUE)
ax.text(36, 0.22, "one of them matches you", color=style.ORANGE)
ax.set(xlim=(0, 80), ylim=(0, 1.02), xlabel="number of people", ylabel="probability", xticks=[0, 23, 40, 60, 80])
ax.set_yticks([0, 0.5, 1])
style.save(fig, __file__)
