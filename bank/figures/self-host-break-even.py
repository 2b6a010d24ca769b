"""Monthly cost against tokens: an API in proportion, own GPUs in steps of one group."""

import numpy as np

import style

PRICE, COST, CAPACITY = 0.5, 25.52, 105.12  # dollars per million, thousand dollars and billion tokens a month

tokens = np.sort(np.append(np.linspace(0, 160, 400), (CAPACITY, CAPACITY + 1e-6)))  # an upright step
fig, ax = style.axes()
ax.plot(tokens, PRICE * tokens, label="API", **style.LINES[0])
own = 8.0 + (COST - 8.0) * np.ceil(np.maximum(tokens, 1e-9) / CAPACITY)
ax.plot(tokens, own, label="own GPUs", **style.LINES[1])
ax.plot(COST / PRICE, COST, "o", color=style.INK, markersize=4)
ax.annotate("break-even: 51", (COST / PRICE, COST), (58, 12), arrowprops=style.LEADER, va="center")
ax.annotate("second group\nof 8 GPUs", (CAPACITY, 34), (133, 28), arrowprops=style.LEADER, va="center", ha="center")
ax.set(xlabel="billion tokens a month", ylabel="thousand dollars a month", xlim=(0, 160), ylim=(0, 90))
ax.legend(loc="upper left")
style.save(fig, __file__)
