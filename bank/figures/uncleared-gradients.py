"""Gradient descent on the parabola w²/2: gradients cleared before each step, and never cleared."""

import style

STEPS, RATE = 60, 0.1


def path(clear: bool) -> list[float]:
    """The weight before and after each step, from 1."""
    weight, stored, out = 1.0, 0.0, [1.0]
    for _ in range(STEPS):
        stored = weight if clear else stored + weight
        weight -= RATE * stored
        out.append(weight)
    return out


fig, ax = style.axes()
ax.axhline(0, color=style.GRAY, linewidth=0.6)
ax.plot(path(clear=False), label="never cleared", **style.LINES[1])
ax.plot(path(clear=True), label="cleared before each step", **style.LINES[0])
ax.set(xlabel="step", ylabel="weight $w$", ylim=(-1.1, 2), yticks=(-1, 0, 1), xlim=(0, STEPS))
ax.legend(loc="upper right", ncols=1, borderaxespad=0.1)
style.save(fig, __file__)
