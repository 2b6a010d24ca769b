"""The nearest neighbor of one customer by age and income: another one once both features are scaled."""

import numpy as np

import style

AGE = np.array([30, 62, 33])
INCOME = np.array([50.0, 50.6, 52.0])  # thousands
NAMES = ("customer", "B", "C")
fig, panels = style.axes(ncols=2)
raw = np.column_stack([AGE, INCOME * 1000])
scaled = np.column_stack([(AGE - 40) / 12, (INCOME - 50) / 8])
for ax, points, title in zip(panels, (raw, scaled), ("as measured", "scaled"), strict=True):
    distances = np.linalg.norm(points - points[0], axis=1)
    nearest = 1 + int(np.argmin(distances[1:]))
    ax.plot(*points[[0, nearest]].T, **style.LINES[0])
    for n, (x, y) in enumerate(points):
        ax.plot(x, y, marker="o" if n else "s", markersize=5, color=style.ORANGE if n else style.INK)
        side = {"xytext": (0, 6), "va": "bottom"} if n else {"xytext": (0, -6), "va": "top"}
        ax.annotate(NAMES[n], (x, y), textcoords="offset points", ha="center", **side)
    ax.set_title(f"{title}: nearest is {NAMES[nearest]}")
    ax.set(xticks=[], yticks=[], xlabel="age")
    ax.margins(0.3)
panels[0].set_ylabel("income")
style.save(fig, __file__)
