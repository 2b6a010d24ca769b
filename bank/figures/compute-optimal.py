"""Loss against parameters at three compute budgets, with the minima, from the fit of Besiroglu and others (2024).

They refitted the third approach of Hoffmann and others (2022), whose printed constants are rounded and fit badly.
"""

import numpy as np
from scipy.optimize import minimize_scalar

import style

E, A, B, ALPHA, BETA = 1.8172, 482.01, 2085.43, 0.3478, 0.3658
BUDGETS = (21, 22, 23)  # powers of ten, in FLOP


def loss(parameters: np.ndarray, compute: float) -> np.ndarray:
    """Return the fitted loss when all of the budget of 6 FLOP a parameter and token is spent."""
    tokens = compute / (6 * parameters)
    return E + A / parameters**ALPHA + B / tokens**BETA


sizes = np.logspace(8, np.log10(3e11), 300)
fig, ax = style.axes()
for power, line in zip(BUDGETS, style.LINES, strict=False):
    budget = 10.0**power
    values = loss(sizes, budget)
    shown = values < 3
    ax.plot(sizes[shown] / 1e9, values[shown], **line)
    low = minimize_scalar(
        lambda z, budget=budget: loss(np.exp(z), budget), bounds=np.log([1e8, 1e12]), method="bounded"
    )
    best = np.exp(low.x) / 1e9
    ax.plot(best, low.fun, "o", markersize=4.5, color=style.INK, zorder=5)
    above = power < 23
    place = {"xytext": (0, 4 if above else -5), "va": "bottom" if above else "top"}
    ax.annotate(f"{best:.1f}", (best, low.fun), textcoords="offset points", ha="center", **place)
for power, at in ((21, (40, 2.78)), (22, (310, 2.52)), (23, (310, 1.97))):
    ax.text(*at, f"$10^{{{power}}}$ FLOP", ha="right", va="center")
ax.set(xscale="log", xlim=(0.09, 330), ylim=(1.8, 3.02), xticks=[0.1, 1, 10, 100], yticks=[2, 2.25, 2.5, 2.75, 3])
ax.set_xticklabels(["0.1", "1", "10", "100"])
ax.set_xlabel("parameters (billions)")
ax.set_ylabel("fitted loss (nats a token)")
style.save(fig, __file__)
