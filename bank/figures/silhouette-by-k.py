"""Mean silhouette and relative inertia of k-means by k, on four clear clusters and on data without any."""

import numpy as np
from sklearn.cluster import KMeans
from sklearn.datasets import make_blobs
from sklearn.metrics import silhouette_score

import style

centers = [[0, 0], [5, 0], [0, 5], [5, 5]]
clear, _ = make_blobs(300, centers=centers, cluster_std=0.8, random_state=0)
uniform = np.random.default_rng(0).uniform(size=(300, 2))
ks = np.arange(2, 9)

fig, panels = style.axes(ncols=2, sharex=True, sharey=True)
for ax, rows, name in zip(panels, (clear, uniform), ("four clusters", "uniform noise"), strict=True):
    total = ((rows - rows.mean(axis=0)) ** 2).sum()
    fits = [KMeans(k, n_init=10, random_state=0).fit(rows) for k in ks]
    ax.plot(ks, [silhouette_score(rows, fit.labels_) for fit in fits], marker="o", markersize=3, **style.LINES[0])
    ax.plot(ks, [fit.inertia_ / total for fit in fits], marker="s", markersize=3, **style.LINES[1])
    ax.set_title(name)
    ax.set(xlabel="number of clusters k", xticks=ks, ylim=(0, 1))
panels[0].text(4.4, 0.82, "silhouette", color=style.BLUE)
panels[0].text(4.4, 0.14, "inertia / total", color=style.ORANGE)
style.save(fig, __file__)
