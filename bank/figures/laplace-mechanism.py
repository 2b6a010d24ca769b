"""The Laplace mechanism on two neighboring counts: its output densities, and their ratio within the bounds."""

import numpy as np
from scipy.stats import laplace

import style

COUNTS, EPSILON = (100, 101), 0.5
SCALE = 1 / EPSILON  # a count has sensitivity 1

x = np.linspace(92, 109, 3401)
densities = [laplace.pdf(x, count, SCALE) for count in COUNTS]
ratio = densities[1] / densities[0]

fig, panels = style.axes(2.1, nrows=2, sharex=True, height_ratios=(1.35, 1))
for density, count, line, side in zip(densities, COUNTS, style.LINES, ("right", "left"), strict=False):
    panels[0].plot(x, density, **line)
    at = count + (-1.6 if side == "right" else 1.6)
    panels[0].text(at, 0.17, f"count {count}", ha=side, color=line["color"])
panels[0].set(ylabel="density", ylim=(0, 0.27), yticks=[0, 0.1, 0.2])

panels[1].plot(x, ratio, color=style.INK)
for bound, name in ((EPSILON, "$e^{\\varepsilon}$"), (-EPSILON, "$e^{-\\varepsilon}$")):
    panels[1].axhline(np.exp(bound), color=style.GRAY, linewidth=0.8, linestyle=(0, (2, 2)))
    at, shift, align = (95, 0.06, "bottom") if bound > 0 else (105, 0.06, "bottom")
    panels[1].text(at, np.exp(bound) + shift, f"{name} = {np.exp(bound):.2f}", ha="center", va=align)
panels[1].set(xlabel="published noisy count", ylabel="density ratio", xlim=(92, 109), ylim=(0, 2.3), yticks=[0, 1, 2])
style.save(fig, __file__)
