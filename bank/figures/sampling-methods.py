"""Thirty-six people in six groups (rows), twelve of them drawn in three ways."""

import style

GROUPS, MEMBERS = 6, 6
SIMPLE = {(0, 1), (0, 2), (0, 5), (1, 4), (2, 0), (2, 3), (3, 1), (3, 2), (3, 4), (5, 0), (5, 3), (5, 5)}
STRATIFIED = {(0, 1), (0, 4), (1, 0), (1, 3), (2, 2), (2, 5), (3, 1), (3, 2), (4, 0), (4, 4), (5, 3), (5, 5)}
CLUSTER = {(row, column) for row in (1, 4) for column in range(MEMBERS)}
TITLES = ("simple", "stratified", "cluster")
NOTES = ("12 of all 36", "2 of each group", "2 whole groups")

fig, panels = style.axes(ncols=3)
for ax, title, note, drawn in zip(panels, TITLES, NOTES, (SIMPLE, STRATIFIED, CLUSTER), strict=True):
    style.bare(ax)
    for row in range(GROUPS):
        ax.axhspan(-row - 0.42, -row + 0.42, color=style.SHADE, linewidth=0)
        for column in range(MEMBERS):
            chosen = (row, column) in drawn
            ax.plot(column, -row, "o", markersize=5.5, mec=style.BLUE, mew=0.7, mfc=style.BLUE if chosen else "white")
    ax.set(xlim=(-0.6, MEMBERS - 0.4), ylim=(0.6 - GROUPS, 0.6))
    ax.set_title(title)
    ax.set_xlabel(note)
panels[0].set_ylabel("six groups")
style.save(fig, __file__)
