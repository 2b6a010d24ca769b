"""Error at four sizes of the fine-tuning set, and the line through them extended to a target."""

import numpy as np

import style

count, error = np.array([100, 200, 400, 800]), np.array([32, 24, 18, 13.5])
slope, start = np.polyfit(np.log(count), np.log(error), 1)
target = 10
needed = np.exp((np.log(target) - start) / slope)
line = np.array([800, 2400])

fig, ax = style.axes()
ax.plot(count, error, marker="o", markersize=4, **style.LINES[0])
ax.plot(line, np.exp(start + slope * np.log(line)), **style.LINES[1])
ax.axhline(target, color=style.GRAY, linewidth=0.6)
ax.plot([needed, needed], [7, target], color=style.GRAY, linewidth=0.6)
ax.text(105, target * 1.06, "target", color=style.GRAY)
ax.text(needed * 0.95, 7.3, f"about {10 * round(needed / 10):,}", ha="right")
ax.text(250, 24, "measured", color=style.BLUE)
ax.text(1150, 13, "if it continues", color=style.ORANGE)
ax.set(xscale="log", yscale="log", xlim=(90, 3200), ylim=(7, 40), xlabel="examples", ylabel="error in %")
ax.set_xticks([100, 200, 400, 800, 1600], ["100", "200", "400", "800", "1,600"])
ax.set_yticks([10, 20, 30], ["10", "20", "30"])
ax.minorticks_off()
style.save(fig, __file__)
