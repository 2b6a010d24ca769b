"""The Gaussians that minimize the forward and the reverse Kullback-Leibler divergence to a two-peaked density."""

from collections.abc import Callable

import numpy as np
from scipy.optimize import minimize
from scipy.stats import norm

import style

x = np.linspace(-12, 12, 4801)
step = x[1] - x[0]
log_p = np.logaddexp(np.log(0.6) + norm.logpdf(x, -2, 0.7), np.log(0.4) + norm.logpdf(x, 2, 0.9))


def divergence(log_a: np.ndarray, log_b: np.ndarray) -> float:
    """Return KL(a || b) of two log densities on the grid, in nats."""
    return float(np.sum(np.exp(log_a) * (log_a - log_b)) * step)


def gaussian(parameters: np.ndarray) -> np.ndarray:
    """Return the log density for a mean and a log standard deviation."""
    return norm.logpdf(x, parameters[0], np.exp(parameters[1]))


def fit(loss: Callable[[np.ndarray], float]) -> np.ndarray:
    """Return the best of several descents, since the reverse divergence has two minima."""
    fits = [minimize(loss, [start, 0.0], method="Nelder-Mead") for start in (-2.0, 0.0, 2.0)]
    return min(fits, key=lambda found: found.fun).x


forward = fit(lambda parameters: divergence(log_p, gaussian(parameters)))
reverse = fit(lambda parameters: divergence(gaussian(parameters), log_p))

fig, ax = style.axes()
ax.fill_between(x, np.exp(log_p), color="#d9d9d9", linewidth=0)
ax.plot(x, np.exp(log_p), color=style.GRAY, linewidth=0.8)
ax.plot(x, np.exp(gaussian(forward)), **style.LINES[0])
ax.plot(x, np.exp(gaussian(reverse)), **style.LINES[1])
ax.text(-1.1, 0.45, "reverse $\\mathrm{KL}(q\\,\\Vert\\,p)$: one peak", color=style.ORANGE)
ax.text(3.1, 0.125, "forward $\\mathrm{KL}(p\\,\\Vert\\,q)$:\nboth peaks", color=style.BLUE)
ax.text(2, 0.05, "$p$", ha="center")
ax.set(xlabel="value $x$", ylabel="density", xlim=(-6.5, 7), ylim=(0, 0.62), yticks=[0, 0.2, 0.4, 0.6])
style.save(fig, __file__)
