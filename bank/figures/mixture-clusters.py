"""Two elongated clusters: hard assignments of k-means, and a Gaussian mixture with its ellipses of two deviations."""

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture

import style

rng = np.random.default_rng(0)
shape = np.array([[2.2, 0.0], [0.0, 0.3]])
rows = np.vstack([rng.normal(size=(150, 2)) @ shape + [0, 0.9], rng.normal(size=(150, 2)) @ shape - [0, 0.9]])
truth = np.repeat([0, 1], 150)
mixture = GaussianMixture(2, n_init=30, init_params="random_from_data", random_state=0).fit(rows)
found = (
    ("k-means", KMeans(2, n_init=10, random_state=0).fit_predict(rows)),
    ("Gaussian mixture", mixture.predict(rows)),
)

fig, panels = style.axes(nrows=2, sharex=True, sharey=True)
for ax, (name, labels) in zip(panels, found, strict=True):
    for label, color, marker in ((0, style.BLUE, "o"), (1, style.ORANGE, "s")):
        ax.plot(*rows[labels == label].T, marker, color=color, markersize=1.8, linestyle="none")
    index = round(adjusted_rand_score(truth, labels), 2) + 0.0  # no "-0.00"
    ax.set_title(f"{name}: adjusted Rand index {index:.2f}")
    ax.set(xticks=[], yticks=[], ylabel="feature 2", aspect="equal")
panels[1].set(xlabel="feature 1")
turn = np.linspace(0, 2 * np.pi, 181)
for mean, covariance in zip(mixture.means_, mixture.covariances_, strict=True):
    outline = mean + 2 * np.column_stack([np.cos(turn), np.sin(turn)]) @ np.linalg.cholesky(covariance).T
    panels[1].plot(*outline.T, color=style.INK, linewidth=0.9)
style.save(fig, __file__)
