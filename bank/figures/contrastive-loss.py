"""What InfoNCE can show: the bound of the best model, its limit log N, and the true mutual information."""

from math import comb

import numpy as np

import style

KINDS = 8


def best_loss(candidates: int) -> float:
    """Loss of the best model: k of the negatives are of the right kind, and cost log(1 + k)."""
    right, others = 1 / KINDS, candidates - 1
    return sum(comb(others, k) * right**k * (1 - right) ** (others - k) * float(np.log1p(k)) for k in range(candidates))


counts = 2 ** np.arange(1, 11)
fig, ax = style.axes()
ax.plot(counts, np.log(counts), label=r"limit $\log N$", **style.LINES[1])
ax.plot(counts, [np.log(n) - best_loss(int(n)) for n in counts], label=r"shown: $\log N-L$", **style.LINES[0])
ax.axhline(np.log(KINDS), label="true: $I=\\log\\,8$", **style.LINES[3])
ax.set_xscale("log", base=2)
ax.set_xticks((2, 8, 32, 128, 1024), ["2", "8", "32", "128", "1,024"])
ax.minorticks_off()
ax.set(xlabel="candidates $N$", ylabel="nats", xlim=(2, 1024), ylim=(0, 3))
ax.legend(loc="lower right")
style.save(fig, __file__)
