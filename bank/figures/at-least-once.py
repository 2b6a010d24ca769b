"""The chance of at least one event against time, at 20% per quarter hour: right, and by adding up."""

import numpy as np

import style

minutes = np.linspace(0, 180, 361)
fig, ax = style.axes()
ax.plot(minutes, 100 * (1 - 0.8 ** (minutes / 15)), **style.LINES[0])
added = 20 * minutes / 15
ax.plot(minutes[added <= 110], added[added <= 110], **style.LINES[1])
for quarters in (1, 2, 4, 8, 12):
    share = 100 * (1 - 0.8**quarters)
    ax.plot(15 * quarters, share, "o", color=style.BLUE, markersize=4)
    if quarters > 1:
        ax.text(15 * quarters + 3, share - 3, f"{share:.0f}%", ha="left", va="top")
ax.axhline(100, color=style.GRAY, linewidth=0.5)
ax.text(52, 84, "adding up", ha="right", va="center")
ax.text(18, 15, "20%", ha="left", va="top")
ax.set(xlabel="minutes", ylabel="chance of at least one, %", xlim=(0, 202), ylim=(0, 112))
ax.set_xticks(range(0, 181, 30))
style.save(fig, __file__)
