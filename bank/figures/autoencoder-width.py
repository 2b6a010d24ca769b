"""What the best linear autoencoder rebuilds of new digits and of random pixels, for codes of 1 to 64 numbers."""

import numpy as np
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

import style

images = load_digits(return_X_y=True)[0]
images = images - images[:1200].mean(axis=0)
parts = PCA(svd_solver="full").fit(images[:1200]).components_
new = images[1200:]
share = np.cumsum(((new @ parts.T) ** 2).sum(axis=0)) / (new**2).sum()
width = np.arange(1, 65)

fig, ax = style.axes()
ax.plot(width, 100 * share, **style.LINES[0])
ax.plot(width, 100 * width / 64, **style.LINES[1])
ax.text(10, 62, "new digits", color=style.BLUE)
ax.text(34, 44, "random pixels", color=style.ORANGE)
ax.annotate("wide enough\nto copy", (63.3, 96), (44, 14), arrowprops=style.LEADER, color=style.GRAY)
ax.set(xlabel="width of the code (64 pixels)", ylabel="share rebuilt", xlim=(0, 64.5), ylim=(0, 103))
ax.set_xticks([1, 8, 16, 32, 48, 64])
ax.set_yticks([0, 25, 50, 75, 100], ["0", "25%", "50%", "75%", "100%"])
style.save(fig, __file__)
