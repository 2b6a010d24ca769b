"""Answering from 20 passages: the share of right answers by where the needed one is, from the paper's appendix G."""

import style

place = [index / 19 for index in (0, 4, 9, 14, 19)]
fig, ax = style.axes()
ax.axhline(0.561, **style.LINES[3], linewidth=1)
ax.plot(place, [0.758, 0.572, 0.538, 0.554, 0.632], marker="o", markersize=3, **style.LINES[0])
ax.plot(place, [0.537, 0.518, 0.522, 0.527, 0.563], marker="s", markersize=3, **style.LINES[1])
ax.text(0.12, 0.7, "GPT-3.5-Turbo", color=style.BLUE)
ax.text(0.27, 0.583, "GPT-3.5 without passages", color=style.INK)
ax.text(0.1, 0.475, "MPT-30B", color=style.ORANGE)
ax.set(xlim=(-0.03, 1.03), ylim=(0.4, 0.8), xlabel="place of the needed passage", ylabel="share of right answers")
ax.set_xticks([0, 0.5, 1], ["start", "middle", "end"])
ax.set_yticks([0.4, 0.6, 0.8])
style.save(fig, __file__)
