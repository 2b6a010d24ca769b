"""The merges of five points on a line by single and by complete linkage, each cut into two clusters."""

import numpy as np
from scipy.cluster.hierarchy import linkage

import style

points = np.array([0.0, 1.0, 3.0, 7.0, 12.0])
fig, axs = style.axes(ncols=2, sharey=True)
for ax, method in zip(axs, ("single", "complete"), strict=True):
    merges = linkage(points[:, None], method)
    spots = [(float(place), 0.0) for place in range(len(points))]
    for left, right, height, _ in merges:
        (x0, y0), (x1, y1) = spots[int(left)], spots[int(right)]
        ax.plot([x0, x0, x1, x1], [y0, height, height, y1], color=style.BLUE)
        side = "bottom" if height == merges[-1, 2] else "top"
        ax.text(max(x0, x1) + 0.1, max(height, 1.9), f"{height:g}", ha="left", va=side)

        spots.append(((x0 + x1) / 2, height))
    cut = (merges[-1, 2] + merges[-2, 2]) / 2
    ax.axhline(cut, color=style.ORANGE, linestyle=(0, (4, 2)), linewidth=1)
    ax.set(xlim=(-0.5, 4.7), ylim=(0, 13.8), title=method)
    ax.set_xticks(range(len(points)), [f"{at:g}" for at in points])
    ax.set_xlabel("point")
axs[0].set_ylabel("height of the merge")
style.save(fig, __file__)
