"""The backward pass of a convolution: copies of the kernel, scaled by output gradients, add up to the gradient."""

import numpy as np
from matplotlib.patches import Rectangle

import style

gradient = np.array([[1, 0], [0, 2]])
kernel = np.array([[1, 0], [0, -1]])
result = np.zeros((3, 3), dtype=int)
for row, column in np.ndindex(2, 2):
    result[row : row + 2, column : column + 2] += gradient[row, column] * kernel

fig, panels = style.axes(ncols=3, width_ratios=(3, 3, 4))
titles = ("output gradient", "kernel", "input gradient")
for ax, values, title in zip(panels, (gradient, kernel, result), titles, strict=True):
    size = len(values)
    for (row, column), value in np.ndenumerate(values):
        ax.add_patch(Rectangle((column, row), 1, 1, facecolor="white", edgecolor=style.GRAY, linewidth=0.5))
        text = f"{value}".replace("-", "−")
        if values is result and row == column == 1:
            text = "−1+2\n= 1"
        ax.text(column + 0.5, row + 0.53, text, ha="center", va="center")
    middle = (size - 1) / 2 + 0.5
    ax.set(xlim=(middle - 1.7, middle + 1.7), ylim=(middle + 1.7, middle - 1.7), aspect="equal")
    ax.set_title(title)
    ax.axis("off")
for place, color, line in ((0, style.BLUE, "-"), (1, style.ORANGE, (0, (4, 1.5)))):
    box = {"fill": False, "edgecolor": color, "linestyle": line, "linewidth": 1.8}
    panels[0].add_patch(Rectangle((place + 0.05, place + 0.05), 0.9, 0.9, **box))
    panels[2].add_patch(Rectangle((place - 0.06, place - 0.06), 2.12, 2.12, **box))
style.save(fig, __file__)
