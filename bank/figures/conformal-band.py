"""A split-conformal band of constant width on data whose noise grows: right on average, wrong at both ends."""

import numpy as np

import style


def sample(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    x = rng.uniform(0, 1, n)
    return x, 2 * x + rng.normal(size=n) * (0.1 + 0.5 * x)


rng = np.random.default_rng(0)
slope, start = np.polyfit(*sample(rng, 1000), 1)
x, y = sample(rng, 999)
scores = np.sort(np.abs(y - start - slope * x))
half_width = scores[int(np.ceil(1000 * 0.9)) - 1]

x, y = sample(rng, 100_000)
inside = np.abs(y - start - slope * x) <= half_width
line = np.array([0.0, 1.0])
fig, ax = style.axes()
ax.fill_between(
    line, start + slope * line - half_width, start + slope * line + half_width, color=style.PALE, linewidth=0
)
ax.plot(x[:300], y[:300], "o", color=style.GRAY, markersize=1.8)
ax.plot(line, start + slope * line, **style.LINES[0])
for low in (0.0, 1 / 3, 2 / 3):
    third = (x >= low) & (x < low + 1 / 3)
    ax.text(low + 1 / 6, 3.75, f"{inside[third].mean():.0%} inside", ha="center")
    ax.axvline(low, color=style.GRAY, linewidth=0.5)
ax.set(xlabel="feature", ylabel="target", xlim=(0, 1), ylim=(-1.2, 4.1))
style.save(fig, __file__)
