"""A seasonal series, its naive and seasonal naive forecasts for the last year, and the mean absolute error of each."""

import numpy as np

import style

YEARS, SEASON = 5, 12

months = np.arange(YEARS * SEASON)
noise = np.random.default_rng(4).normal(scale=5, size=months.size)  # typical: both errors near their means
sales = 100 + 0.3 * months + 20 * np.sin(2 * np.pi * months / SEASON) + noise
train, test = sales[:-SEASON], sales[-SEASON:]
naive, seasonal = np.full(SEASON, train[-1]), train[-SEASON:]

fig, ax = style.axes()
ax.plot(months[SEASON * 2 :], sales[SEASON * 2 :], color=style.INK, linewidth=1.2)
ax.axvline(months[-SEASON] - 0.5, color=style.GRAY, linewidth=0.7)
for forecast, line, marker, name, place in (
    (naive, style.LINES[1], "s", "naive", (48.5, 86.5)),
    (seasonal, style.LINES[0], "o", "seasonal\nnaive", (53.6, 139)),
):
    ax.plot(months[-SEASON:], forecast, marker=marker, markersize=2.5, **line)
    error = np.abs(test - forecast).mean()
    ax.text(*place, f"{name}\nMAE {error:.1f}", color=line["color"], va="center")
ax.text(35.5, 143, "observed", ha="center")
ax.set(xlim=(23, 62), ylim=(76, 150), xticks=[24, 36, 48, 60], yticks=[80, 100, 120, 140])
ax.set_xlabel("month (forecast from 48 on)")
ax.set_ylabel("sales (units)")
style.save(fig, __file__)
