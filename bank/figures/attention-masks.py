"""What a token may look at: all in an encoder, earlier ones in a decoder, and the encoder from a decoder."""

import numpy as np
from matplotlib.patches import Rectangle

import style

SIZE = 5
PATTERNS = (
    ("encoder:\nall see all", np.ones((SIZE, SIZE))),
    ("decoder:\nonly earlier ones", np.tril(np.ones((SIZE, SIZE)))),
    ("encoder-decoder:\ncross-attention", np.ones((SIZE, SIZE - 1))),
)
fig, panels = style.axes(ncols=3)
for ax, (name, mask) in zip(panels, PATTERNS, strict=True):
    for (row, column), seen in np.ndenumerate(mask):
        look = (
            {"facecolor": style.PALE, "edgecolor": style.BLUE}
            if seen
            else {"facecolor": "white", "edgecolor": style.GRAY}
        )
        ax.add_patch(Rectangle((column, -row), 0.85, 0.85, linewidth=0.8 if seen else 0.4, **look))
        if seen:
            ax.plot(column + 0.425, 0.425 - row, "o", markersize=2.2, color=style.BLUE)
    ax.set(xlim=(-0.2, SIZE), ylim=(-SIZE + 0.9, 1.1))
    ax.set_title(name)
    style.bare(ax)
    ax.set_xlabel("looked at")
panels[0].set_ylabel("token that looks")
style.save(fig, __file__)
