"""One convolution in numbers: a padded input, a kernel, and the output at stride 2."""

import numpy as np
from matplotlib.patches import Rectangle
from scipy.signal import correlate

import style

image = np.zeros((5, 5), dtype=int)
image[:, 2:] = 9  # dark on the left, bright from the third column on
kernel = np.array([[-1, 0, 1]] * 3)
padded = np.pad(image, 1)
output = correlate(padded, kernel, mode="valid")[::2, ::2]

fig, panels = style.axes(ncols=3, width_ratios=(7, 4, 4))
titles = ("input 5 × 5, padding 1", "kernel 3 × 3", "output, stride 2")
for ax, values, title in zip(panels, (padded, kernel, output), titles, strict=True):
    height, width = values.shape
    for (row, column), value in np.ndenumerate(values):
        border = values is padded and (row in (0, height - 1) or column in (0, width - 1))
        fill = style.SHADE if border else "white"
        ax.add_patch(Rectangle((column, row), 1, 1, facecolor=fill, edgecolor=style.GRAY, linewidth=0.5))
        text = f"{value}".replace("-", "−")
        ax.text(column + 0.5, row + 0.53, text, ha="center", va="center")
    ax.set(xlim=(-0.15, width + 0.15), ylim=(height + 0.15, -0.15), aspect="equal")
    ax.set_title(title)
    ax.axis("off")
# the second window of the first row, and the output that it gives
panels[0].add_patch(Rectangle((2, 0), 3, 3, fill=False, edgecolor=style.ORANGE, linewidth=1.8))
panels[2].add_patch(Rectangle((1, 0), 1, 1, fill=False, edgecolor=style.ORANGE, linewidth=1.8))
style.save(fig, __file__)
