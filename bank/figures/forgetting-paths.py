"""Two paths from the old optimum to the solutions of a new task: on the new loss alone, and with the old one added."""

import numpy as np

import style

CURVATURE = np.array([10.0, 1.0])  # of the old loss


def path(weight, steps=2000, rate=0.02):
    """Gradient descent on the new loss plus `weight` times the old one."""
    places = [np.zeros(2)]
    for _ in range(steps):
        place = places[-1]
        places.append(place - rate * (place.sum() - 1 + weight * CURVATURE * place))
    return np.array(places).T


fig, ax = style.axes()
x, y = np.meshgrid(np.linspace(-0.75, 1.15, 120), np.linspace(-0.5, 1.3, 120))
ax.contour(x, y, 5 * x**2 + 0.5 * y**2, levels=[0.1, 0.45, 1.375, 3], colors=style.GRAY, linewidths=0.5)
ax.plot([-0.3, 1.15], [1.3, -0.15], **style.LINES[3])
for weight, look in ((0, style.LINES[1]), (0.1, style.LINES[0])):
    along = path(weight)
    ax.plot(*along, **look)
    ax.plot(*along[:, -1], "o", color=look["color"], markersize=4)
ax.plot(0, 0, "o", color=style.INK, markersize=4)
box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}  # labels stand on contours
ax.text(0, -0.2, "start", ha="center")
ax.text(0.57, 0.56, "new loss alone", color=style.ORANGE, bbox=box)
ax.text(0.17, 1.0, "with replay", color=style.BLUE, bbox=box)
ax.text(1.02, 0.08, "new task\nsolved")
ax.text(0.8, 1.02, "gray: equal\nold loss", color=style.GRAY)
ax.set(
    xlim=(-0.75, 1.35),
    ylim=(-0.5, 1.3),
    xticks=[0, 0.5, 1],
    yticks=[0, 0.5, 1],
    xlabel="weight $x$",
    ylabel="weight $y$",
)
style.save(fig, __file__)
