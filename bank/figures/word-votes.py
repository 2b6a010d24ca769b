"""Log odds of spam for a text of two words: a step for the class shares and one per word."""

from math import log

import style

steps = [("class\nshares", log(0.4 / 0.6)), ("free", log(3)), ("now", log(2 / 3))]
fig, ax = style.axes()
at = 0.0
for i, (_, step) in enumerate(steps):
    color = style.BLUE if step > 0 else style.ORANGE
    ax.bar(i, step, bottom=at, width=0.6, color=color)
    ax.text(
        i,
        at + step + (0.05 if step > 0 else -0.05),
        f"{step:+.2f}".replace("-", "−"),
        ha="center",
        va="bottom" if step > 0 else "top",
    )
    at += step
    ax.plot([i + 0.3, i + 0.7], [at, at], color=style.GRAY, linewidth=0.8)
ax.bar(3, at, width=0.6, color=style.INK)
ax.text(3, at + 0.05, f"{at:+.2f}", ha="center", va="bottom")
ax.axhline(0, color=style.INK, linewidth=0.7)
ax.set(xticks=range(4), xticklabels=[name for name, _ in steps] + ["sum"], ylim=(-0.7, 1), ylabel="log odds of spam")
style.save(fig, __file__)
