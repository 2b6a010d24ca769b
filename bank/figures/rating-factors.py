"""A table of ratings with gaps as the product of two small ones, and how one gap is filled."""

import numpy as np
from matplotlib.patches import Rectangle

import style

USERS = np.array([[2, 0], [1, 2], [0, 2], [2, 1]])
ITEMS = np.array([[1, 2, 0, 1], [1, 0, 2, 2]])
KNOWN = np.array([[1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 0, 1], [0, 1, 0, 1]], dtype=bool)
GAP = (1, 3)  # the user and the item that the figure follows
CELL = 6.4  # millimeters, as all lengths here
fig, ax = style.axes()


def table(left: float, values: np.ndarray, known: np.ndarray, marked: np.ndarray, title: str) -> None:
    """Draw a table around the middle line: empty cells where nothing is known, marked ones pale."""
    top = 20 + CELL * len(values) / 2
    for (row, column), value in np.ndenumerate(values):
        corner = left + CELL * column, top - CELL * (row + 1)
        color = style.PALE if marked[row, column] else "white"
        ax.add_patch(Rectangle(corner, CELL, CELL, facecolor=color, edgecolor=style.INK, linewidth=0.7))
        gap = marked[row, column] and not known[row, column]
        text = "?" if gap else str(value) if known[row, column] else ""
        ax.text(corner[0] + CELL / 2, corner[1] + CELL / 2, text, ha="center", va="center")
    ax.text(left + CELL * values.shape[1] / 2, top + 0.8, title, ha="center", va="bottom")


marked = np.zeros(KNOWN.shape, dtype=bool)
marked[GAP] = True
table(4.5, USERS @ ITEMS, KNOWN, marked, "items")
row = np.zeros(USERS.shape, dtype=bool)
row[GAP[0]] = True
table(39, USERS, np.ones_like(row), row, "vectors $p_u$")
column = np.zeros(ITEMS.shape, dtype=bool)
column[:, GAP[1]] = True
table(58.5, ITEMS, np.ones_like(column), column, "vectors $q_i$")
ax.text(3.6, 20, "users", ha="right", va="center", rotation=90)
ax.text(34.6, 20, r"$\approx$", ha="center", va="center")
ax.text(55.1, 20, r"$\times$", ha="center", va="center")
product = USERS[GAP[0]] * ITEMS[:, GAP[1]]
terms = " + ".join(rf"{p}\cdot{q}" for p, q in zip(USERS[GAP[0]], ITEMS[:, GAP[1]], strict=True))
ax.text(58.5 + CELL * 2, 11.5, f"? = ${terms} = {product.sum()}$", ha="center", va="top")
ax.set(xlim=(0, 85), ylim=(0, 43))
ax.axis("off")
style.save(fig, __file__)
