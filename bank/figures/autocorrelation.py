"""Sample autocorrelations of a random walk, of its difference and of an AR(1), with the 95 % bounds of white noise."""

import numpy as np

import style

STEPS, LAGS, COEFFICIENT = 200, 20, 0.8

rng = np.random.default_rng(3)
walk = rng.normal(size=STEPS + 1).cumsum()
shocks = rng.normal(size=STEPS + 100)
process = np.zeros(STEPS + 100)
for t in range(1, process.size):
    process[t] = COEFFICIENT * process[t - 1] + shocks[t]
process = process[100:]  # the first hundred values forget the start at zero


def autocorrelation(series: np.ndarray) -> np.ndarray:
    """Return the sample autocorrelations of lags 1 to LAGS, all divided by the full sum of squares."""
    centered = series - series.mean()
    return np.array([centered[lag:] @ centered[:-lag] for lag in range(1, LAGS + 1)]) / (centered @ centered)


fig, panels = style.axes(ncols=3, sharex=True, sharey=True)
lags, bound = np.arange(1, LAGS + 1), 1.96 / np.sqrt(STEPS)
for ax, series, title in zip(
    panels,
    (walk[1:], np.diff(walk), process),
    ("random walk", "its difference", f"AR(1), $\\varphi={COEFFICIENT}$"),
    strict=True,
):
    ax.vlines(lags, 0, autocorrelation(series), color=style.BLUE, linewidth=1.8)
    ax.axhline(0, color=style.INK, linewidth=0.7)
    for sign in (-1, 1):
        ax.axhline(sign * bound, color=style.ORANGE, linestyle=(0, (5, 2)), linewidth=1)
    ax.set_title(title)
    ax.set(xlim=(0, LAGS + 1), ylim=(-0.4, 1.02), xticks=[1, 10, 20], yticks=[0, 0.5, 1])
panels[2].plot(lags, COEFFICIENT**lags, "o", color=style.INK, markersize=1.6)
panels[2].text(7, 0.58, "dots: $\\varphi^{h}$")
panels[1].text(1, 0.18, f"±{bound:.2f}", color=style.ORANGE)
panels[0].set_ylabel("sample autocorrelation")
panels[1].set_xlabel("lag $h$ (steps)")
style.save(fig, __file__)
