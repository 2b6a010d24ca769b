"""The distribution of four tokens with logits 3, 2, 1, 0 at three temperatures, and what top-p 0.8 keeps of it."""

import numpy as np

import style

LOGITS, NUCLEUS = np.array([3.0, 2.0, 1.0, 0.0]), 0.8

fig, panels = style.axes(ncols=3, sharey=True)
for ax, temperature in zip(panels, (0.5, 1.0, 2.0), strict=True):
    weights = np.exp(LOGITS / temperature)
    share = weights / weights.sum()  # already in falling order
    kept = share.cumsum() - share < NUCLEUS
    for token in range(LOGITS.size):
        cut = {"facecolor": "white", "edgecolor": style.ORANGE, "hatch": "////"}
        fill = {"facecolor": style.PALE, "edgecolor": style.BLUE} if kept[token] else cut
        ax.bar(token, share[token], width=0.75, linewidth=0.8, **fill)
        ax.text(token, share[token] + 0.02, f"{share[token]:.2f}".lstrip("0"), ha="center")
    ax.set_title(f"$T={temperature:g}$: {kept.sum()} kept")
    ax.set(xticks=range(4), xticklabels=["a", "b", "c", "d"], ylim=(0, 1), yticks=[0, 0.5, 1])
panels[0].set_ylabel("probability")
panels[1].set_xlabel("token, logits 3, 2, 1, 0")
style.save(fig, __file__)
