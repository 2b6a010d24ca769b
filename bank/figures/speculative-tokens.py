"""Tokens per pass of the large model in speculative decoding, against the chance that a drafted token is accepted."""

import numpy as np

import style

DRAFTED = (2, 4, 8)


def tokens(accepted: float | np.ndarray, drafted: int) -> float | np.ndarray:
    """The mean number of tokens of a pass: those accepted before the first rejected one, and one of its own."""
    return sum(accepted**i for i in range(drafted + 1))


fig, ax = style.axes()
chance = np.linspace(0, 1, 201)
for drafted, line in zip(DRAFTED, style.LINES[:3], strict=True):
    ax.plot(chance, tokens(chance, drafted), **line)
    ax.text(1.015, tokens(1.0, drafted), f"{drafted} drafted", va="center")
ax.plot(0.8, tokens(0.8, 4), marker="o", color=style.LINES[1]["color"])
ax.annotate(
    "0.8 accepted,\n4 drafted: 3.36",
    (0.8, tokens(0.8, 4)),
    (0.42, 6.2),
    va="center",
    arrowprops={**style.LEADER, "shrinkB": 4},
)
ax.set(xlabel="chance that a drafted token is accepted", ylabel="tokens per large pass", xlim=(0, 1), ylim=(0, 9.4))
ax.set_yticks((1, 3, 5, 7, 9))
style.save(fig, __file__)
