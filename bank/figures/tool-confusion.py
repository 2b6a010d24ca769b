"""Which tool was needed and which was called: one pair of look-alikes holds most errors."""

import style

NAMES = ["find_order", "search_orders", "cancel_order", "refund_order", "no call"]
COUNTS = [[48, 11, 1, 0, 0], [7, 39, 0, 2, 0], [0, 0, 30, 3, 0], [0, 0, 2, 29, 0], [1, 2, 1, 0, 24]]

fig, ax = style.axes()
style.bare(ax)
for row, counts in enumerate(COUNTS):
    for column, count in enumerate(counts):
        error = row != column and count > 5
        face = style.PALE if row == column else style.ORANGE if error else "white"
        ax.add_patch(style.plt.Rectangle((1.7 * column, -row), 1.7, 1, facecolor=face, edgecolor=style.INK, lw=0.5))
        ink = "white" if error else style.INK if count else style.GRAY
        ax.text(1.7 * column + 0.85, 0.5 - row, str(count), ha="center", va="center", color=ink)
    ax.text(-0.15, 0.5 - row, NAMES[row], ha="right", va="center")
    ax.text(1.7 * row + 0.85, 1.15, NAMES[row].replace("_", "_\n"), ha="center", va="bottom")
ax.text(-0.15, 1.15, r"needed $\downarrow$  called $\rightarrow$", ha="right", va="bottom", color=style.GRAY)
ax.set(xlim=(-3.6, 8.6), ylim=(-4.1, 2.4))
style.save(fig, __file__)
