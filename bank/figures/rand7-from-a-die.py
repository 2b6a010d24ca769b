"""The 36 outcomes of two rolls: 35 of them hold the answers 1 to 7 in turn, the last one means to roll again."""

import style

fig, ax = style.axes()
for first in range(6):
    for second in range(6):
        value = 6 * first + second
        face = style.ORANGE if value == 35 else style.PALE if value % 7 == 2 else "white"
        ax.add_patch(style.plt.Rectangle((second, -first), 1, -1, facecolor=face, edgecolor=style.GRAY, linewidth=0.6))
        color = "white" if value == 35 else style.INK
        ax.text(
            second + 0.5, -first - 0.52, "×" if value == 35 else value % 7 + 1, ha="center", va="center", color=color
        )
for face in range(6):
    ax.text(face + 0.5, 0.4, face + 1, ha="center", va="center", color=style.GRAY)
    ax.text(-0.4, -face - 0.52, face + 1, ha="center", va="center", color=style.GRAY)
ax.text(3, 1.05, "second roll", ha="center", va="center")
ax.text(-1.05, -3, "first roll", ha="center", va="center", rotation=90)
ax.text(6.6, -1.2, "each answer has\n5 of 36 outcomes:\nhere the 3", va="center", color=style.BLUE)
ax.text(6.6, -5.5, "6, 6: roll again", va="center", color=style.ORANGE)
ax.set(xlim=(-1.4, 10.6), ylim=(-6.1, 1.4))
style.bare(ax)
style.save(fig, __file__)
