"""A small network in two training steps with dropout at one half, and at prediction time with all its units."""

import numpy as np

import style

LAYERS = (3, 4, 4, 1)
DROPPED = ({(1, 1), (1, 3), (2, 0), (2, 2)}, {(1, 0), (1, 2), (2, 2), (2, 3)}, set())
fig, panels = style.axes(ncols=3)
for ax, dropped, title in zip(panels, DROPPED, ("training, step 1", "training, step 2", "prediction"), strict=True):
    places = {(n, k): (n, (size - 1) / 2 - k) for n, size in enumerate(LAYERS) for k in range(size)}
    for (layer, k), start in places.items():
        for (other, m), end in places.items():
            if other == layer + 1 and not {(layer, k), (other, m)} & dropped:
                ax.plot(*np.transpose([start, end]), color=style.SKY, linewidth=0.6, zorder=1)
    for unit, (x, y) in places.items():
        out = unit in dropped
        ax.plot(x, y, marker="x" if out else "o", markersize=5, color=style.GRAY if out else style.BLUE, zorder=2)
    ax.set_title(title)
    ax.set(xlim=(-0.4, 3.4), ylim=(-2, 2))
    ax.axis("off")
style.save(fig, __file__)
