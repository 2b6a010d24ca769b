"""How likely the coin has two heads after a run of heads, if one coin in 500 or one in 50 has."""

import numpy as np

import style

heads = np.arange(0, 16)
fig, ax = style.axes()
for others, line, marker in ((499, style.LINES[0], "o"), (49, style.LINES[1], "s")):
    ax.plot(heads, 2.0**heads / (2.0**heads + others), marker=marker, markersize=3, **{**line, "linewidth": 1})
ax.axhline(0.5, color=style.GRAY, linewidth=0.6, linestyle=":")
ax.annotate("8 heads: 34%", (8, 256 / 755), xytext=(9.8, 0.2), arrowprops=style.LEADER)
ax.annotate("9 heads: 51%", (9, 512 / 1011), xytext=(10.9, 0.4), arrowprops=style.LEADER)
ax.text(10.9, 0.68, "1 coin in 500", color=style.BLUE)
ax.text(2.3, 0.68, "1 coin in 50", color=style.ORANGE)
ax.set(
    xlim=(-0.3, 15.5),
    ylim=(0, 1.03),
    xlabel="heads in a row",
    ylabel="probability of two heads",
    xticks=[0, 4, 8, 12],
    yticks=[0, 0.5, 1],
)
style.save(fig, __file__)
