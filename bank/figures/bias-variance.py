"""Squared bias, variance, noise and their sum, for polynomials fitted to 2000 noisy samples of one curve."""

import numpy as np

import style

DEGREES = np.arange(10)
POINTS, SAMPLES, NOISE = 15, 2000, 0.5


def curve(z: np.ndarray) -> np.ndarray:
    """Return the true target, which the noise hides."""
    return np.sin(3.5 * z + 0.7)


x = np.linspace(-1, 1, POINTS)  # where the training sets are measured
at = np.linspace(-1, 1, 201)  # where the fits are judged
targets = curve(x) + np.random.default_rng(0).normal(scale=NOISE, size=(SAMPLES, POINTS))

bias, variance = [], []
for degree in DEGREES:
    weights = np.linalg.lstsq(np.vander(x, degree + 1), targets.T)[0]
    fits = np.vander(at, degree + 1) @ weights  # one column a training set
    bias.append(((fits.mean(axis=1) - curve(at)) ** 2).mean())
    variance.append(fits.var(axis=1).mean())
noise = np.full(DEGREES.size, NOISE**2)
total = bias + np.array(variance) + noise
best = total.argmin()

fig, ax = style.axes()
for values, name, line, marker in (
    (total, "expected error", style.LINES[0], "o"),
    (bias, "squared bias", style.LINES[1], "s"),
    (variance, "variance", style.LINES[2], "^"),
    (noise, "noise", style.LINES[3], ""),
):
    ax.plot(DEGREES, values, marker=marker, markersize=3, **line)
    ax.text(
        9.25,
        values[-1] + (0.02 if name == "noise" else 0),
        name,
        va="center",
        color=style.BLUE if line is style.LINES[2] else line["color"],
    )
ax.annotate(
    f"lowest at degree {best}",
    (best, total[best]),
    xytext=(best, 0.6),
    ha="center",
    arrowprops={"arrowstyle": "-", "color": style.INK, "linewidth": 0.7, "shrinkB": 4},
)
ax.set(xlim=(-0.3, 13.4), ylim=(-0.02, 0.8), xticks=DEGREES, yticks=[0, 0.2, 0.4, 0.6, 0.8])
ax.spines["bottom"].set_bounds(0, 9)
ax.set_xlabel("degree of the polynomial", x=0.35)
ax.set_ylabel("squared error")
style.save(fig, __file__)
