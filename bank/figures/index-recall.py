"""Recall of an inverted-file index against the share of vectors visited: full vectors, codes, codes then reranked."""

import numpy as np

import style

N, DIMENSION, LISTS, PARTS, CENTROIDS, K = 8000, 32, 64, 8, 32, 10
PROBES = (1, 2, 4, 8, 16, 32, 64)


def squared(a, b):
    """Squared distances of all rows of a to all rows of b."""
    return (a**2).sum(1)[:, None] - 2 * a @ b.T + (b**2).sum(1)


def k_means(x, k):
    """Centroids after 12 rounds, from the first k rows."""
    centers = x[:k].copy()
    for _ in range(12):
        near = squared(x, centers).argmin(1)
        for j in np.unique(near):
            centers[j] = x[near == j].mean(0)
    return centers


random = np.random.default_rng(3)
base = random.normal(size=(6, DIMENSION))
data, queries = (random.normal(size=(n, 6)) @ base + 0.4 * random.normal(size=(n, DIMENSION)) for n in (N, 200))
true = np.argsort(squared(queries, data), axis=1, kind="stable")[:, :K]
centers = k_means(data, LISTS)
home = squared(data, centers).argmin(1)
width = DIMENSION // PARTS
decoded = np.empty_like(data)
for part in range(PARTS):
    piece = data[:, part * width : (part + 1) * width]
    book = k_means(piece, CENTROIDS)
    decoded[:, part * width : (part + 1) * width] = book[squared(piece, book).argmin(1)]
order = np.argsort(squared(queries, centers), axis=1, kind="stable")
full, coded, reranked, share = [], [], [], []
for probes in PROBES:
    hits = np.zeros(3)
    visited = 0
    for query, lists, best in zip(queries, order, true, strict=True):
        inside = np.flatnonzero(np.isin(home, lists[:probes]))
        visited += len(inside) / N
        exact = squared(query[None], data[inside])[0]
        rough = np.argsort(squared(query[None], decoded[inside])[0], kind="stable")
        found = inside[np.argsort(exact, kind="stable")[:K]], inside[rough[:K]]
        top = rough[:50]
        found += (inside[top[np.argsort(exact[top], kind="stable")[:K]]],)
        hits += [len(set(best) & set(each)) / K for each in found]
    for line, value in zip((full, coded, reranked), hits / len(queries), strict=True):
        line.append(value)
    share.append(visited / len(queries))
fig, ax = style.axes()
ax.plot(share, full, marker="o", markersize=2.5, label="full vectors", **style.LINES[0])
ax.plot(share, reranked, marker="s", markersize=2.5, label="codes, 50 best reranked", **style.LINES[2])
ax.plot(share, coded, marker="^", markersize=2.5, label="codes alone", **style.LINES[1])
ax.set(xscale="log", ylim=(0, 1.03), xlabel="share of vectors visited", ylabel="recall@10")
ax.set_xticks([0.02, 0.1, 0.5, 1], ["2%", "10%", "50%", "100%"])
ax.minorticks_off()
ax.legend(loc="lower right")
style.save(fig, __file__)
