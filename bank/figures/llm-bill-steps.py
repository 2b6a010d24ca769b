"""Cost of a million requests after each step: fixed prompt, variable prompt and answer."""

import numpy as np

import style

NAMES = ("today", "prompt\ncache", "batch\n20%", "shorter\nanswers")
FIXED = np.array([9000, 1935, 1741.5, 1741.5])
VARIABLE = np.array([3000, 3000, 2700, 2700])
ANSWER = np.array([4500, 4500, 4050, 2700])

fig, ax = style.axes()
x = np.arange(len(NAMES))
below = np.zeros(len(NAMES))
PARTS = (
    (FIXED, "fixed prompt", style.BLUE),
    (VARIABLE, "variable prompt", style.SKY),
    (ANSWER, "answer", style.ORANGE),
)
for part, name, color in PARTS:
    ax.bar(x, part, 0.62, bottom=below, color=color, edgecolor="white", linewidth=0.7, label=name)
    below += part
for place, total in zip(x, below, strict=True):
    ax.text(place, max(total, 8250) + 250, f"{total:,.0f}", ha="center", va="bottom")
ax.axhline(8250, color=style.GRAY, linewidth=0.7)
ax.text(3.95, 8450, "half", ha="right", va="bottom", color=style.GRAY)
ax.set(ylabel="dollars per million requests", ylim=(0, 19_000), xlim=(-0.5, 3.95))
ax.set_xticks(x, NAMES)
ax.set_yticks((0, 5000, 10000, 15000), labels=("0", "5,000", "10,000", "15,000"))
handles, names = ax.get_legend_handles_labels()
ax.legend(handles[::-1], names[::-1], loc="upper right")
style.save(fig, __file__)
