"""What pointwise, pairwise and listwise losses look at: one list of three items, shown best score first."""

import numpy as np
from matplotlib.patches import Arc, Rectangle

import style

NAMES, SCORES, GRADES = "BAC", np.array([2.0, 1, 0]), np.array([1.0, 2, 0])
LEVELS = (2.4, 1.4, 0.4)

fig, panels = style.axes(2.1, ncols=3)
for ax, title in zip(panels, ("pointwise", "pairwise", "listwise"), strict=True):
    ax.set_title(title)
    for name, score, grade, y in zip(NAMES, SCORES, GRADES, LEVELS, strict=True):
        ax.add_patch(Rectangle((0, y - 0.4), 0.95, 0.8, facecolor=style.PALE, edgecolor=style.INK, linewidth=0.6))
        ax.text(0.475, y, f"{name}\nscore {score:.0f}\ngrade {grade:.0f}", ha="center", va="center")
    ax.set(xlim=(-0.05, 2.4), ylim=(-0.6, 2.9))
    ax.axis("off")
for y, error in zip(LEVELS, (SCORES - GRADES) ** 2, strict=True):
    panels[0].text(1.15, y, f"error {error:.0f}", va="center", color=style.ORANGE)
for better, worse, width in ((1, 0, 0.3), (1, 2, 0.3), (0, 2, 1.66)):
    loss = np.log1p(np.exp(-(SCORES[better] - SCORES[worse])))
    top, bottom = max(LEVELS[better], LEVELS[worse]), min(LEVELS[better], LEVELS[worse])
    color = style.ORANGE if loss > 1 else style.BLUE
    shift = 0.12 if width < 1 else 0.0
    center, height = (top + bottom) / 2, top - bottom - shift
    panels[1].add_patch(Arc((0.98, center), width, height, theta1=-90, theta2=90, color=color, linewidth=1.1))
    panels[1].text(0.98 + width / 2 + 0.05, center, f"{loss:.2f}", va="center", color=color)
shares, targets = np.exp(SCORES) / np.exp(SCORES).sum(), GRADES / GRADES.sum()
for y, share, target in zip(LEVELS, shares, targets, strict=True):
    for value, offset, color in ((share, 0.14, style.BLUE), (target, -0.14, style.SKY)):
        panels[2].add_patch(Rectangle((1.1, y + offset - 0.11), 0.95 * value, 0.22, facecolor=color, linewidth=0))
        panels[2].text(1.13 + 0.95 * value, y + offset, f"{value:.2f}", va="center")
panels[0].text(0, -0.2, "each item alone", va="center")
panels[1].text(0, -0.2, "each pair's order", va="center")
panels[2].text(0, -0.1, "dark: softmax\nlight: target", va="top")
style.save(fig, __file__)
