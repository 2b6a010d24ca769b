"""Share of the variance that is still signal after t noising steps, for the linear and the cosine schedule."""

import numpy as np

import style

STEPS, OFFSET = 1000, 0.008


def linear() -> np.ndarray:
    """Signal shares for step variances that grow linearly from 0.0001 to 0.02."""
    return np.cumprod(1 - np.linspace(1e-4, 0.02, STEPS))


def cosine() -> np.ndarray:
    """Signal shares of the cosine schedule, with its clipped step variances."""
    level = np.cos((np.arange(STEPS + 1) / STEPS + OFFSET) / (1 + OFFSET) * np.pi / 2) ** 2
    return np.cumprod(1 - np.minimum(1 - level[1:] / level[:-1], 0.999))


step = np.arange(1, STEPS + 1)
fig, ax = style.axes()
runs = (("linear", linear(), (-48, -24)), ("cosine", cosine(), (7, 2)))
for (name, share, offset), line in zip(runs, style.LINES, strict=False):
    half = int(step[np.abs(share - 0.5).argmin()])
    ax.plot(step, share, **line)
    ax.plot(half, share[half - 1], "o", color=line["color"], markersize=4)
    ax.annotate(f"{name}:\nhalf at\n{half}", (half, share[half - 1]), offset, textcoords="offset points")
low = step[linear() < 0.01]
ax.axvspan(low[0], STEPS, color="#e4e4e4", linewidth=0, zorder=0)
ax.text((low[0] + STEPS) / 2, 0.97, f"linear: {len(low)} steps\nbelow 0.01", ha="center", va="top")
ax.set(
    xlabel="noising step $t$ of 1,000",
    ylabel=r"signal share $\bar\alpha_t$ of the variance",
    xlim=(0, STEPS),
    ylim=(0, 1.02),
    yticks=[0, 0.25, 0.5, 0.75, 1],
)
style.save(fig, __file__)
