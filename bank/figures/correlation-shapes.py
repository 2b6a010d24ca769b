"""Four clouds of 80 points and their correlation: it measures a straight line, and misses the parabola."""

import numpy as np

import style

rng = np.random.default_rng(1)
x = rng.normal(size=80)
noise = rng.normal(size=80)
even = np.linspace(-2, 2, 80)
CLOUDS = ((x, 0.9 * x + 0.44 * noise), (x, noise), (x, -0.7 * x + 0.71 * noise), (even, even**2 + 0.2 * noise))
fig, panels = style.axes(1.1, ncols=4)

for ax, (x, y) in zip(panels, CLOUDS, strict=True):
    ax.plot(x, y, marker="o", markersize=1.4, color=style.BLUE, linestyle="none")
    ax.set_title(f"{np.corrcoef(x, y)[0, 1]:.2f}".replace("-", "−"))
    ax.set(xticks=[], yticks=[])
    ax.set_box_aspect(1)
style.save(fig, __file__)
