"""Which keys a token may see: in a full pass, with three tokens cached, and with a mask that is aligned wrongly."""

import numpy as np
from matplotlib.patches import Rectangle

import style

TOTAL, NEW = 5, 2
PANELS = (
    ("full pass", np.tril(np.ones((TOTAL, TOTAL))), style.BLUE, 0),
    ("3 cached,\n2 new: right", np.tril(np.ones((NEW, TOTAL)), TOTAL - NEW), style.BLUE, TOTAL - NEW),
    ("upper left:\nwrong", np.tril(np.ones((NEW, TOTAL))), style.ORANGE, TOTAL - NEW),
)
fig, panels = style.axes(ncols=3)
for ax, (name, mask, color, first) in zip(panels, PANELS, strict=True):
    for (row, column), seen in np.ndenumerate(mask):
        hatch = "///" if seen and color == style.ORANGE else None
        ax.add_patch(
            Rectangle(
                (column, -row - first),
                0.9,
                0.9,
                facecolor=color if seen else "white",
                edgecolor="white" if hatch else style.GRAY,
                hatch=hatch,
                linewidth=0.5,
            )
        )
        if hatch:
            ax.add_patch(Rectangle((column, -row - first), 0.9, 0.9, fill=False, edgecolor=style.GRAY, linewidth=0.5))
    for row in range(len(mask)):
        ax.text(-0.3, -row - first + 0.42, str(row + first), ha="right", va="center")
    ax.set(xlim=(-0.9, TOTAL), ylim=(-TOTAL + 0.9, 1.1))
    ax.set_title(name)
    style.bare(ax)
    ax.set_xlabel("keys 0 to 4")
panels[0].set_ylabel("token that looks")
style.save(fig, __file__)
