"""A recurrent network unrolled over three steps: states forward, and what each use of the weight adds to the slope."""

from matplotlib.patches import FancyBboxPatch

import style

W = 0.5
INPUTS = (1, 0, 0)

states = [0.0]
for value in INPUTS:
    states.append(W * states[-1] + value)
steps = len(INPUTS)
slopes = [W ** (steps - t) for t in range(1, steps + 1)]  # of the last state with respect to state t
shares = [slope * before for slope, before in zip(slopes, states, strict=False)]

fig, ax = style.axes()
forward = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
back = {**forward, "color": style.ORANGE, "linestyle": (0, (4, 2))}
for t, (value, share) in enumerate(zip(INPUTS, shares, strict=True), start=1):
    x = 3.2 * t
    ax.add_patch(
        FancyBboxPatch(
            (x - 0.9, 1.5), 1.8, 1, boxstyle="round,pad=0.08", facecolor=style.PALE, edgecolor=style.INK, linewidth=0.7
        )
    )
    ax.text(x, 2, f"$h_{t}={states[t]:g}$", ha="center", va="center")
    ax.annotate("", (x, 1.4), (x, 0.75), arrowprops=forward)
    ax.text(x, 0.4, f"$x_{t}={value}$", ha="center", va="center", color=style.BLUE)
    ax.annotate("", (x - 1, 1.8), (x - 2.1, 1.8), arrowprops=forward)
    ax.text(x - 1.55, 1.6, "$w$", ha="center", va="top", color=style.BLUE)
    if t > 1:
        ax.annotate("", (x - 2, 2.25), (x - 1, 2.25), arrowprops=back)
    ax.text(x, 3.1, f"{share:g}", ha="center", va="center", color=style.ORANGE)
    if t > 1:
        ax.text(x - 1.6, 3.1, "$+$", ha="center", va="center", color=style.ORANGE)
ax.text(0.95, 1.8, "$h_0=0$", ha="right", va="center")
ax.text(1.1, 3.1, "slope in $w$:", ha="right", va="center", color=style.ORANGE)
ax.text(10.4, 3.1, f"$=$ {sum(shares):g}", ha="left", va="center", color=style.ORANGE)
ax.set(xlim=(-1.2, 11.4), ylim=(0, 3.5))
ax.axis("off")
style.save(fig, __file__)
