"""Ranges of three number formats, and small gradients that loss scaling moves into that of float16."""

import style

FORMATS = (("float32", -149, -126, 128), ("bfloat16", -133, -126, 128), ("float16", -24, -14, 16))  # powers of two
GRADIENTS, SCALE = (-34, -10), 16

fig, ax = style.axes()
for row, (_, smallest, normal, largest) in enumerate(FORMATS):
    y = 2 - row
    ax.barh(y, largest - normal, left=normal, height=0.42, color=style.BLUE)
    ax.barh(y, normal - smallest, left=smallest, height=0.42, color=style.SKY)
low, high = GRADIENTS
ax.axvspan(low, high, ymin=0, ymax=0.87, facecolor=style.ORANGE, alpha=0.3)
ax.text((low + high) / 2, 2.62, "gradients", ha="center", va="center")
arrow = {"arrowstyle": "-|>", "color": style.INK, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
ax.annotate("", (low + SCALE, -0.47), (low, -0.47), arrowprops=arrow)
ax.plot((low + SCALE, high + SCALE), (-0.47, -0.47), color=style.ORANGE, linewidth=4, solid_capstyle="butt")
ax.text(high + SCALE + 5, -0.47, "scaled by $2^{16}$", va="center")
ax.text(-142, -0.47, "light: coarser steps", va="center")
ax.set_yticks(range(3), [name for name, *_ in reversed(FORMATS)])
ax.set_xticks((-149, -100, -24, 16, 128), ["$2^{-149}$", "$2^{-100}$", "$2^{-24}$", "$2^{16}$", "$2^{128}$"])
ax.tick_params(axis="y", length=0)
ax.set(xlim=(-152, 134), ylim=(-0.75, 2.9), xlabel="positive numbers that the format can hold")
style.save(fig, __file__)
