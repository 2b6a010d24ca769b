"""GPUs for a 70-billion model against requests in progress: memory asks for more at first, arithmetic later."""

import numpy as np

import style

at_once = np.linspace(0, 600, 7)
memory = (140 + 320 * 1024 * 2000 / 1e9 * at_once) / 72
arithmetic = 2 * 70e9 * 2000 * at_once * 20 / 500 / 400e12

fig, ax = style.axes()
ax.plot(at_once, arithmetic, label="for arithmetic", **style.LINES[0])
ax.plot(at_once, memory, label="for memory (one copy)", **style.LINES[1])
for values, y in ((arithmetic, 14), (memory, 6.5)):
    ax.plot(500, np.interp(500, at_once, values), "o", color=style.INK, markersize=4)
    ax.text(507, y - 0.5, str(y), va="top", ha="left")
ax.set(xlabel="requests in progress", ylabel="GPUs", xlim=(0, 600), ylim=(0, 18), yticks=range(0, 17, 4))
ax.legend(loc="upper left")
style.save(fig, __file__)
