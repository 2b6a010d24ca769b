"""Distillation: one image, two models, two losses; only the student is trained."""

import numpy as np
from matplotlib.patches import FancyBboxPatch

import style

LOGITS, TEMPERATURE = np.array([8.0, 4.0, 0.0]), 4
soft = np.exp(LOGITS / TEMPERATURE) / np.exp(LOGITS / TEMPERATURE).sum()
cat, dog, car = (f"{value:.2f}" for value in soft)

fig, ax = style.axes()
BOXES = (
    ("image\nof a cat", 0, 1.75, 1.7, "white"),
    ("teacher\n(frozen)", 2.7, 3.4, 1.9, style.SHADE),
    ("student", 2.7, 1.75, 1.9, style.PALE),
    ("label\n1, 0, 0", 2.7, 0.1, 1.9, "white"),
    ("soft loss\nat $T=4$", 7.1, 2.6, 1.7, "white"),
    ("hard loss\nat $T=1$", 7.1, 0.9, 1.7, "white"),
)
for text, x, y, width, face in BOXES:
    ax.add_patch(
        FancyBboxPatch((x, y), width, 1, boxstyle="round,pad=0.05", facecolor=face, edgecolor=style.INK, linewidth=0.7)
    )
    ax.text(x + width / 2, y + 0.5, text, ha="center", va="center")
line = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
for start, end in (
    ((1.75, 2.5), (2.65, 3.7)),
    ((1.75, 2.25), (2.65, 2.25)),
    ((4.65, 3.9), (7.05, 3.35)),
    ((4.65, 2.4), (7.05, 2.9)),
    ((4.65, 2.1), (7.05, 1.6)),
    ((4.65, 0.6), (7.05, 1.15)),
):
    ax.annotate("", end, start, arrowprops=line)
ax.text(4.85, 4.2, f"cat {cat}, dog {dog}, car {car}", va="center")
dashed = {"color": style.ORANGE, "linewidth": 1, "linestyle": (0, (5, 2))}
back = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0, **dashed}
ax.plot((8.85, 9.15, 9.15, 8.85), (3.1, 3.1, 1.4, 1.4), **dashed)
ax.plot((9.15, 9.45, 9.45, 1.3), (2.25, 2.25, -0.5, -0.5), **dashed)
ax.plot((1.3, 1.3), (-0.5, 1.45), **dashed)
ax.annotate("", (2.65, 1.95), (1.3, 1.45), arrowprops=back)
ax.text(6, -0.42, "gradients train the student only", ha="center", va="bottom")
ax.set(xlim=(-0.1, 9.6), ylim=(-0.65, 4.55))
ax.axis("off")
style.save(fig, __file__)
