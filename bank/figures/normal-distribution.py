"""Normal Q-Q plots of exact quantiles: a normal, an exponential and a t of equal mean and spread."""

import numpy as np
from scipy.stats import expon, norm, t

import style

N = 200
shares = (np.arange(1, N + 1) - 0.5) / N
z = norm.ppf(shares)
curves = {
    "heavy tails": (t(3).ppf(shares) / np.sqrt(3), "s", style.ORANGE),
    "right skew": (expon.ppf(shares) - 1, "^", style.SKY),
    "normal": (z, "o", style.BLUE),
}

fig, ax = style.axes()
ax.plot((-3.1, 3.1), (-3.1, 3.1), color=style.GRAY, linewidth=0.7)
for name, (values, marker, color) in curves.items():
    ax.plot(z, values, marker, color=color, markersize=2.4, markeredgewidth=0, label=name)
ax.legend(loc="upper left", markerscale=1.9, handletextpad=0.2)
ax.set(xlim=(-3.1, 3.1), ylim=(-4.8, 5.4), xticks=[-3, -2, -1, 0, 1, 2, 3], yticks=[-4, -2, 0, 2, 4])
ax.set(xlabel="z expected of a normal", ylabel="value, in standard deviations")
style.save(fig, __file__)
