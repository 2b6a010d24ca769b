"""The cumulative share of variance of the principal components of scikit-learn's digits."""

import numpy as np
from sklearn.datasets import load_digits

import style

images = load_digits().data
squares = np.linalg.svd(images - images.mean(axis=0), compute_uv=False) ** 2
total = np.cumsum(squares / squares.sum())
k = int(np.argmax(total >= 0.9)) + 1

fig, ax = style.axes()
ax.plot(np.arange(1, 65), 100 * total, **style.LINES[0])
ax.plot([0, k, k], [90, 90, 0], color=style.GRAY, linestyle=(0, (1, 1.5)), linewidth=1)
ax.plot(k, 100 * total[k - 1], "o", markersize=4, color=style.ORANGE)
ax.text(k + 1.5, 84, f"{k} components reach 90%", va="top")
ax.set(xlabel="components kept, of 64", ylabel="variance kept (%)", xlim=(0, 64), ylim=(0, 102))
style.save(fig, __file__)
