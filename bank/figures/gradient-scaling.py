"""What is lost at most when a gradient is rounded to float16, as it is and multiplied by 65,536."""

import numpy as np

import style

SCALE, LARGEST = 65_536.0, 65_504.0
fig, ax = style.axes()
sizes = np.logspace(-10, 4, 561)


def worst(scaled: np.ndarray) -> np.ndarray:
    """Half the distance of neighboring float16 numbers, relative to the size; 1 where all is rounded to 0."""
    return np.minimum(1, np.maximum(2.0**-11, 2.0**-25 / scaled))


ax.plot(sizes, worst(sizes), **style.LINES[0])
inside = sizes[sizes * SCALE <= LARGEST]
ax.plot(inside, worst(inside * SCALE), **style.LINES[1])
ax.plot([inside[-1]] * 2, [2.0**-11, 1], color=style.ORANGE, linewidth=0.9)
ax.text(2, 0.1, "scaled: overflow", color=style.ORANGE, va="center")
ax.text(5e-6, 0.03, "as it is", color=style.BLUE, va="center")
ax.text(1e-10, 0.0002, "scaled by 65,536", color=style.ORANGE, va="center")
ax.axhline(1, color=style.GRAY, linewidth=0.6)
ax.text(1e-3, 1.8, "lost", color=style.GRAY, va="center")
ax.set(xscale="log", yscale="log", xlabel="size of the gradient", ylabel="relative error, at most", ylim=(1e-4, 4))
style.save(fig, __file__)
