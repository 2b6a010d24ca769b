"""Residuals against predictions: as they should look, with a curve, and with a funnel."""

import matplotlib.pyplot as plt
import numpy as np

import style

places = np.linspace(0, 2, 49)
noise = np.random.default_rng(4).uniform(-1, 1, size=len(places))
curve = 2 * (places - 1) ** 2 - 0.7 + 0.35 * noise
funnel = noise * (0.1 + 0.9 * places)
PANELS = (
    ("fine", noise, style.BLUE),
    ("curve: add terms", curve, style.ORANGE),
    ("funnel: robust errors", funnel, style.ORANGE),
)

fig, _ = style.axes()
fig.clear()
for n, (title, residuals, color) in enumerate(PANELS, start=1):
    ax = fig.add_subplot(1, len(PANELS), n)
    ax.axhline(0, color=style.INK, linewidth=0.7)
    ax.scatter(places, residuals, s=5, color=color)
    ax.set(xticks=[], yticks=[], ylim=(-2.1, 2.1))
    ax.set_title(title, fontsize=plt.rcParams["font.size"])
    if n == 1:
        ax.set_ylabel("residual")
    if n == 2:
        ax.set_xlabel("prediction")
style.save(fig, __file__)
