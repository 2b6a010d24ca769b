"""The weights of ten examples before three rounds of AdaBoost with stumps, and which of them each stump misses."""

import numpy as np
from sklearn.tree import DecisionTreeClassifier

import style

x = np.arange(10)[:, None]
y = np.array([1, 1, -1, 1, 1, 1, -1, -1, 1, -1])
weight = np.full(10, 0.1)
fig, axs = style.axes(nrows=3, sharex=True)
for number, ax in enumerate(axs, start=1):
    stump = DecisionTreeClassifier(max_depth=1, random_state=0).fit(x, y, sample_weight=weight)
    guess = stump.predict(x)
    error = weight[guess != y].sum()
    vote = np.log((1 - error) / error) / 2
    for at in range(10):
        missed = guess[at] != y[at]
        face, hatch = (style.ORANGE, "////") if missed else (style.SKY, "")
        ax.bar(at, weight[at], width=0.7, color=face, hatch=hatch, edgecolor="white", linewidth=0)
    ax.axvline(stump.tree_.threshold[0], color=style.INK, linewidth=0.9, linestyle=(0, (4, 2)))
    ax.set(ylim=(0, 0.3), yticks=[0, 0.2], xlim=(-0.6, 13.9))
    text = f"round {number}: error {error:.2f},\nvote {vote:.2f}"
    ax.text(9.9, 0.15, text, va="center")
    ax.tick_params(axis="x", length=0)
    weight = weight * np.exp(-vote * y * guess)
    weight /= weight.sum()
axs[1].set_ylabel("weight")
axs[2].set_xticks(range(10), ["+" if label > 0 else "−" for label in y])
axs[2].set_xlabel("label of each example (hatched: missed)", x=0.32)
style.save(fig, __file__)
