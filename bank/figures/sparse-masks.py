"""What each token of a decoder reads: all earlier tokens, a window, and a window with two tokens that all may read."""

import numpy as np
from matplotlib.patches import Rectangle

import style

SIZE, WINDOW, SHARED = 8, 3, 2
full = np.tril(np.ones((SIZE, SIZE)))
window = full - np.tril(np.ones((SIZE, SIZE)), -WINDOW)
shared = window.copy()
shared[:, :SHARED] = full[:, :SHARED]
PANELS = (("full:\n36 pairs", full), ("window of 3:\n21 pairs", window), ("and 2 shared\ntokens: 30 pairs", shared))
fig, panels = style.axes(ncols=3)
for ax, (name, mask) in zip(panels, PANELS, strict=True):
    for (row, column), seen in np.ndenumerate(mask):
        extra = seen and not window[row, column] and mask is shared
        color = style.ORANGE if extra else style.BLUE if seen else "white"
        ax.add_patch(Rectangle((column, -row), 0.9, 0.9, facecolor=color, edgecolor=style.GRAY, linewidth=0.5))
        if extra:
            ax.plot(column + 0.45, -row + 0.45, marker=".", markersize=2.5, color="white")
    ax.set(xlim=(-0.2, SIZE), ylim=(-SIZE + 0.8, 1.1))
    ax.set_title(name)
    style.bare(ax)
    ax.set_xlabel("looked at")
panels[0].set_ylabel("token that looks")
style.save(fig, __file__)
