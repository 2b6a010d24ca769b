"""Mean cumulative regret of three strategies on a five-armed Bernoulli bandit, 200 runs each."""

import numpy as np

import style

MEANS = np.array([0.8, 0.5, 0.5, 0.5, 0.5])
RUNS, STEPS, EPSILON = 200, 10_000, 0.1


def regret(strategy: str, seed: int) -> np.ndarray:
    """Return the expected regret summed up to each step, averaged over the runs."""
    rng, rows = np.random.default_rng(seed), np.arange(RUNS)
    wins, pulls = np.zeros((RUNS, MEANS.size)), np.zeros((RUNS, MEANS.size))
    lost = np.zeros(STEPS)
    for t in range(STEPS):
        if strategy == "thompson":
            index = rng.beta(1 + wins, 1 + pulls - wins)
        elif t < MEANS.size:  # each arm once
            index = np.eye(MEANS.size)[np.full(RUNS, t)]
        elif strategy == "ucb":
            index = wins / pulls + np.sqrt(2 * np.log(t) / pulls)
        else:
            index = wins / pulls + 1e-9 * rng.random(pulls.shape)  # ties at random
            index[rng.random(RUNS) < EPSILON] = 0
            index += 1e-6 * rng.random(pulls.shape) * (index == 0).all(axis=1, keepdims=True)
        arm = index.argmax(axis=1)
        wins[rows, arm] += rng.random(RUNS) < MEANS[arm]
        pulls[rows, arm] += 1
        lost[t] = (MEANS.max() - MEANS[arm]).mean()
    return lost.cumsum()


fig, ax = style.axes()
steps = np.arange(1, STEPS + 1)
for strategy, name, line, seed in (
    ("greedy", "$\\epsilon$-greedy, 0.1", style.LINES[1], 0),
    ("ucb", "UCB1", style.LINES[0], 1),
    ("thompson", "Thompson", style.LINES[2], 2),
):
    total = regret(strategy, seed)
    ax.plot(steps, total, **line)
    ax.text(10_150, total[-1], f"{name}: {total[-1]:.0f}", va="center", color=style.INK)
ax.set(xlim=(0, 14_200), ylim=(0, 270), xticks=[0, 5000, 10_000], xticklabels=["0", "5000", "10,000"])
ax.spines["bottom"].set_bounds(0, 10_000)
ax.set_xlabel("pulls", x=0.35)
ax.set_ylabel("mean cumulative regret")
style.save(fig, __file__)
