"""How a tree grows: level by level (XGBoost), best leaf first (LightGBM), one question a level (CatBoost)."""

import style

TREES = {
    "XGBoost:\nlevel by level": [("A", (3, 3)), ("B", (1.5, 2)), ("C", (4.5, 2))],
    "LightGBM:\nbest leaf first": [("A", (3, 3)), ("B", (4.2, 2)), ("C", (3.2, 1))],
    "CatBoost:\none question a level": [("A", (3, 3)), ("B", (1.5, 2)), ("B", (4.5, 2))],
}
FULL = [((3, 3), (1.5, 2)), ((3, 3), (4.5, 2))]
FULL += [((x, 2), (x + side, 1)) for x in (1.5, 4.5) for side in (-0.75, 0.75)]
DEEP = [((3, 3), (1.8, 2)), ((3, 3), (4.2, 2)), ((4.2, 2), (5.2, 1)), ((4.2, 2), (3.2, 1))]
DEEP += [((3.2, 1), (2.4, 0)), ((3.2, 1), (4, 0))]
fig, axs = style.axes(ncols=3)
for ax, (title, questions), edges in zip(axs, TREES.items(), (FULL, DEEP, FULL), strict=True):
    ax.set(xlim=(0, 6), ylim=(-0.5, 4.4))
    ax.axis("off")
    ax.text(3, 4.3, title, ha="center", va="top")
    inner = {at for _, at in questions}
    for (x0, y0), (x1, y1) in edges:
        ax.plot([x0, x1], [y0, y1], color=style.GRAY, linewidth=0.9, zorder=1)
        if (x1, y1) not in inner:
            ax.plot(x1, y1, "s", color=style.SKY, markersize=7, zorder=2)
    for name, (x, y) in questions:
        box = {"boxstyle": "circle,pad=0.25", "facecolor": style.PALE, "edgecolor": style.INK, "linewidth": 0.7}
        ax.text(x, y, name, ha="center", va="center", bbox=box)
style.save(fig, __file__)
