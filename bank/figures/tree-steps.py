"""Regression trees of two depths on a noisy sine: steps inside the data, constants outside."""

import numpy as np
from sklearn.tree import DecisionTreeRegressor

import style

rng = np.random.default_rng(3)
x = np.sort(rng.uniform(0, 1, 60))
y = np.sin(2 * np.pi * x) + rng.normal(0, 0.3, 60)
grid = np.linspace(-0.25, 1.25, 1501)

fig, ax = style.axes()
ax.axvspan(-0.25, 0, color=style.SHADE, linewidth=0)
ax.axvspan(1, 1.25, color=style.SHADE, linewidth=0)
ax.plot(x, y, "o", color=style.GRAY, markersize=2)
for depth, line in ((None, style.LINES[2]), (2, style.LINES[0])):
    tree = DecisionTreeRegressor(max_depth=depth, random_state=0).fit(x[:, None], y)
    ax.plot(
        grid,
        tree.predict(grid[:, None]),
        label=f"{tree.get_n_leaves()} leaves",
        **(line | {"linewidth": 1.8 if depth else 1.0}),
    )
ax.plot(grid, np.sin(2 * np.pi * grid), label="truth", **style.LINES[3])
ax.legend(loc="upper center", bbox_to_anchor=(0.65, 1.03), handlelength=3)
ax.set(xlabel="feature", ylabel="target", xlim=(-0.25, 1.25))
style.save(fig, __file__)
