"""CLIP: the table of a training batch, and classification by sentences."""

import numpy as np
from matplotlib.patches import Rectangle

import style

TABLE = np.array([[0.31, 0.20, 0.18], [0.22, 0.29, 0.21], [0.17, 0.23, 0.30]])
NAMES, COSINES = ("dog", "cat", "car"), np.array([0.28, 0.24, 0.18])
SHARES = np.exp(100 * COSINES) / np.exp(100 * COSINES).sum()

fig, (left, right) = style.axes(2.1, ncols=2)
left.set_title("training batch")
for i, image in enumerate(("dog", "car", "cats")):
    left.text(-0.15, 2.5 - i, f"photo:\n{image}", ha="right", va="center")
    left.text(i + 0.5, 3.15, ('"a dog"', '"a red\ncar"', '"two\ncats"')[i], ha="center", va="bottom")
    for j in range(3):
        face = style.PALE if i == j else "white"
        left.add_patch(Rectangle((j, 2 - i), 1, 1, facecolor=face, edgecolor=style.INK, linewidth=0.7))
        weight = "bold" if i == j else "normal"
        left.text(j + 0.5, 2.5 - i, f"{TABLE[i, j]:.2f}", ha="center", va="center", weight=weight)
left.text(1.5, -0.3, "rows and columns\nmust pick the diagonal", ha="center", va="top")
left.set(xlim=(-1.1, 3.05), ylim=(-1.3, 4.1))
left.axis("off")

right.set_title("zero-shot use")
for i, (name, cosine, share) in enumerate(zip(NAMES, COSINES, SHARES, strict=True)):
    y = 2.5 - i
    right.text(0, y + 0.22, f'"a photo of a {name}"', va="center")
    right.text(2.95, y + 0.22, f"{cosine:.2f}", ha="right", va="center")
    right.add_patch(Rectangle((0, y - 0.25), 2.1, 0.25, facecolor=style.SHADE, linewidth=0))
    right.add_patch(Rectangle((0, y - 0.25), 2.1 * share, 0.25, facecolor=style.BLUE, linewidth=0))
    right.text(2.95, y - 0.13, f"{share:.2f}", ha="right", va="center")
right.text(1.5, 3.65, "one photo of a dog\nagainst sentences", ha="center", va="center")
right.text(1.5, -0.3, "numbers: cosine, and\nsoftmax of 100 times it", ha="center", va="top")
right.set(xlim=(-0.1, 3.05), ylim=(-1.3, 4.1))
right.axis("off")
style.save(fig, __file__)
