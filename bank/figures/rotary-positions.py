"""Rotary scores by distance: of two equal vectors, and of a query turned so that it prefers keys 50 tokens back."""

import numpy as np

import style

WIDTH, BASE, FAVORED = 128, 10_000, 50
distance = np.arange(201)
frequency = BASE ** (-np.arange(0, WIDTH, 2) / WIDTH)


def rotate(vector: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """Return the vector, one complex number a pair of components, as it stands at each of the positions."""
    return vector * np.exp(1j * np.multiply.outer(positions, frequency))


def score(query: np.ndarray, key: np.ndarray, position: int, distance: np.ndarray) -> np.ndarray:
    """Return the dot products with keys so far before the position, relative to the product of the lengths."""
    product = (rotate(query, position).conj() * rotate(key, position - distance)).real.sum(axis=-1)
    return product / (np.linalg.norm(query) * np.linalg.norm(key))


flat = np.full(WIDTH // 2, 1 + 1j)
turned = rotate(flat, -FAVORED)

fig, ax = style.axes()
for query, line, marker in ((flat, style.LINES[0], "o"), (turned, style.LINES[1], "s")):
    ax.plot(distance, score(query, flat, 200, distance), **{**line, "linewidth": 1.1})
    ax.plot(distance[::20], score(query, flat, 5000, distance[::20]), marker, color=line["color"], markersize=3)
ax.text(64, 0.93, "query turned for distance 50", color=style.ORANGE)
ax.text(4, 0.17, "query equal to key", color=style.BLUE)
ax.text(4, 0.04, "lines: query at position 200; marks: at 5,000")
ax.set(ylim=(0, 1.04), xlim=(-4, 204), xlabel="distance back to the key (tokens)", ylabel="cosine of query and key")
style.save(fig, __file__)
