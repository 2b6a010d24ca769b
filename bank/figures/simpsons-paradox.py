"""Success rates of two kidney-stone treatments (Charig and others, 1986), by size of the stone and pooled."""

import style

TREATMENTS = {"open surgery": ((81, 87), (192, 263)), "minimally invasive": ((234, 270), (55, 80))}
PLACES = (0, 1.3, 3)
# Of the labels, in points.
OFFSETS = {"open surgery": ((-9, 3), (9, 5), (8, -9)), "minimally invasive": ((-9, -3), (9, -5), (8, 9))}

fig, ax = style.axes()
for (name, counts), line, marker in zip(TREATMENTS.items(), style.LINES, "os", strict=False):
    pooled = tuple(map(sum, zip(*counts, strict=True)))
    rates = [100 * success / patients for success, patients in (*counts, pooled)]
    ax.plot(PLACES[:2], rates[:2], color=line["color"], linestyle=line["linestyle"], linewidth=1.2)
    for x, rate, (_, patients), offset in zip(PLACES, rates, (*counts, pooled), OFFSETS[name], strict=True):
        ax.scatter(x, rate, s=patients * 0.3, color=line["color"], marker=marker, zorder=3)
        label = f"{rate:.0f}% of {patients}" + ("" if x < PLACES[2] else f"\n{name}")

        ax.annotate(
            label,
            (x, rate),
            xytext=offset,
            textcoords="offset points",
            ha="left" if offset[0] > 0 else "right",
            va="center",
            color=line["color"],
        )
ax.axvline(2.7, color=style.GRAY, linewidth=0.7)
ax.set(xlim=(-1.4, 4.5), ylim=(64, 98), xticks=PLACES, yticks=[70, 80, 90])
ax.set_xticklabels(["small\nstones", "large\nstones", "pooled"])
ax.set_ylabel("success (% of patients)")
style.save(fig, __file__)
