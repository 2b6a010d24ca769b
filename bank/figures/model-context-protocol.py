"""A host with one client per server: the texts of all servers end in the one prompt that the model reads."""

from matplotlib.patches import FancyBboxPatch

import style

fig, ax = style.axes()


def box(x, y, width, height, text, face="white", color=style.INK):
    patch = FancyBboxPatch(
        (x, y), width, height, boxstyle="round,pad=0.05", facecolor=face, edgecolor=color, linewidth=0.8
    )
    ax.add_patch(patch)
    ax.text(x + width / 2, y + height / 2, text, ha="center", va="center", color=color)


def arrow(start, end, color):
    ax.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": color, "linewidth": 1})


box(0, 0, 5.0, 4.6, "", style.PALE)
ax.text(2.5, 4.25, "host: the application", ha="center", va="center", weight="bold", color=style.BLUE)
box(0.2, 1.1, 1.75, 1.8, "one prompt\nfor the\nmodel")
box(3.1, 2.75, 1.6, 0.9, "client 1")
box(3.1, 0.4, 1.6, 0.9, "client 2")
box(6.6, 2.75, 2.0, 0.9, "your server")
box(6.6, 0.4, 2.0, 0.9, "third-party\nserver", color=style.ORANGE)
arrow((6.52, 3.2), (4.78, 3.2), style.BLUE)
arrow((3.02, 3.2), (2.03, 2.4), style.BLUE)
arrow((6.52, 0.85), (4.78, 0.85), style.ORANGE)
arrow((3.02, 0.85), (2.03, 1.6), style.ORANGE)
ax.text(5.3, 2.02, "tool list and results\nof both servers", ha="left", va="center")
ax.set(xlim=(-0.15, 8.85), ylim=(-0.2, 4.8))
ax.axis("off")
style.save(fig, __file__)
