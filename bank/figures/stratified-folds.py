"""Positives in each of five test folds, plain and stratified: 20 positives in 200 rows."""

import numpy as np

import style

labels = np.repeat([1, 0], [20, 180])
shuffled = np.random.default_rng(2).permutation(200)
plain = np.array_split(shuffled, 5)
by_class = shuffled[np.argsort(labels[shuffled], kind="stable")]
dealt = [by_class[i::5] for i in range(5)]

fig, panels = style.axes(ncols=2, sharey=True)
for ax, name, tests, color in zip(
    panels, ("shuffled only", "stratified"), (plain, dealt), (style.ORANGE, style.BLUE), strict=True
):
    counts = [int(labels[test].sum()) for test in tests]
    bars = ax.bar(range(1, 6), counts, color=color, width=0.7)
    ax.bar_label(bars)
    ax.set_title(name)
    ax.set(xlabel="test fold", xticks=range(1, 6), yticks=[0, 2, 4, 6], ylim=(0, 7.4))
panels[0].set(ylabel="positives")
style.save(fig, __file__)
