"""All 20 groupings of six values: one dot per difference of means, those as far out as the data in another color."""

from collections import Counter
from itertools import combinations

import style

sums = Counter(sum(chosen) for chosen in combinations([7, 9, 8, 2, 6, 4], 3))
fig, ax = style.axes()
for total, count in sums.items():
    gap = (2 * total - 36) / 3
    far = abs(gap) >= 4
    ax.plot(
        [gap] * count, range(1, count + 1), "D" if far else "o", color=style.ORANGE if far else style.BLUE, markersize=5
    )
ax.annotate("the data: 4", (4, 1.15), (3.9, 2.6), ha="center", color=style.ORANGE, arrowprops=style.LEADER)
ax.annotate("as far: −4", (-4, 1.15), (-3.9, 2.6), ha="center", color=style.ORANGE, arrowprops=style.LEADER)
ax.set(
    xlabel="difference of means", ylabel="groupings", yticks=range(5), xlim=(-5, 5), ylim=(0, max(sums.values()) + 0.7)
)
style.save(fig, __file__)
