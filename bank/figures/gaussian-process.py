"""Posterior of a Gaussian process with RBF kernel after six noisy observations: mean and 95 % band of the function."""

import numpy as np

import style

LENGTH, SIGNAL, NOISE = 1.0, 1.0, 0.2


def kernel(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return SIGNAL**2 * np.exp(-((a[:, None] - b) ** 2) / (2 * LENGTH**2))


rng = np.random.default_rng(2)
x = np.array([0.5, 1.2, 2.0, 3.4, 4.0, 4.3])
y = np.sin(1.5 * x) + rng.normal(0, NOISE, 6)
grid = np.linspace(-1, 8, 361)

factor = np.linalg.cholesky(kernel(x, x) + NOISE**2 * np.eye(6))
mean = kernel(grid, x) @ np.linalg.solve(factor.T, np.linalg.solve(factor, y))
deviation = np.sqrt(SIGNAL**2 - (np.linalg.solve(factor, kernel(x, grid)) ** 2).sum(axis=0))

fig, ax = style.axes()
ax.fill_between(grid, mean - 1.96 * deviation, mean + 1.96 * deviation, color=style.PALE, linewidth=0)
ax.plot(grid, np.sin(1.5 * grid), **style.LINES[1])
ax.plot(grid, mean, **style.LINES[0])
ax.plot(x, y, "o", color=style.INK, markersize=3.5)
ax.annotate("mean returns to 0", (7.2, 0.01), (4.95, -1.6), color=style.BLUE, arrowprops=style.LEADER)
ax.text(5.75, 1.0, "truth", color=style.ORANGE)
ax.text(5.2, 1.6, "95% band", color=style.INK)
ax.set(xlabel="input", ylabel="function value", xlim=(-1, 8), ylim=(-2.4, 2.4))
style.save(fig, __file__)
