"""Two agents with the same mean success: all of k runs succeed, or at least one does."""

from math import comb

import style

RUNS, SOLVED = 8, 6
ks = range(1, RUNS + 1)
fig, ax = style.axes()
ax.plot(ks, [1 - comb(RUNS - SOLVED, k) / comb(RUNS, k) for k in ks], **style.LINES[3])
ax.plot(ks, [0.75] * RUNS, **style.LINES[0])
ax.plot(ks, [comb(SOLVED, k) / comb(RUNS, k) for k in ks], **style.LINES[1])
ax.text(4.6, 0.94, "A: at least one of k succeeds (pass@k)", color=style.INK, ha="center", va="top")
ax.text(8, 0.72, "B (3 of 4 tasks always): all k (pass^k)", color=style.BLUE, ha="right", va="top")
ax.text(8, 0.37, "A (each task 6 of 8): all k (pass^k)", color=style.ORANGE, ha="right")
ax.set(xlim=(1, 8), ylim=(0, 1.04), xlabel="runs k", ylabel="mean over tasks", yticks=[0, 0.5, 1], xticks=list(ks))
style.save(fig, __file__)
