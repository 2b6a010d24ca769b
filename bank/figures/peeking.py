"""Share of experiments without any effect that reach |z| > 1.96 at one of several equally spaced looks."""

import numpy as np

import style

LOOKS = (1, 2, 3, 5, 7, 10, 14, 20, 30)
EXPERIMENTS = 40_000

rng = np.random.default_rng(0)
rates = []
for looks in LOOKS:
    steps = rng.normal(size=(EXPERIMENTS, looks))  # the evidence each block of data adds
    scores = steps.cumsum(axis=1) / np.sqrt(np.arange(1, looks + 1))
    rates.append((np.abs(scores) > 1.96).any(axis=1).mean())

fig, ax = style.axes()
ax.plot(LOOKS, np.multiply(rates, 100), marker="o", markersize=3.5, **style.LINES[0])
ax.axhline(5, color=style.ORANGE, linestyle=(0, (5, 2)), linewidth=1.2)
ax.text(30, 6, "promised: 5%", color=style.ORANGE, ha="right", va="bottom")
for looks in (5, 10, 20, 30):
    rate = 100 * rates[LOOKS.index(looks)]
    ax.annotate(f"{rate:.0f}%", (looks, rate), xytext=(-3, 5), textcoords="offset points", ha="right")
ax.set(xlim=(0, 31.5), ylim=(0, 34), xticks=[1, 5, 10, 14, 20, 30], yticks=[0, 10, 20, 30])
ax.set_xlabel("number of equally spaced looks")
ax.set_ylabel("false positives\n(% of null tests)")
style.save(fig, __file__)
