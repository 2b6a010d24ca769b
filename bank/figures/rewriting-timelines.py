"""How long each way of rewriting a query takes before writing can begin: model calls of 0.8 s, searches of 0.1 s."""

import style

CALL, SEARCH = 0.8, 0.1
ROWS = (  # name; m: model call, s: search, p: parallel searches
    ("plain", "s"),
    ("HyDE", "ms"),
    ("decomposition", "mp"),
    ("three hops", "smsms"),
)
fig, ax = style.axes()
for row, (_, steps) in enumerate(reversed(ROWS)):
    start = 0.0
    for step in steps:
        if step == "m":
            ax.barh(row, CALL, 0.5, left=start, color=style.PALE, edgecolor=style.INK, linewidth=0.6)
            ax.text(start + CALL / 2, row, "model", ha="center", va="center")
            start += CALL
            continue
        parts = 3 if step == "p" else 1  # parallel searches lie above each other
        for part in range(parts):
            height = 0.5 / parts
            ax.barh(
                row - 0.25 + (part + 0.5) * height,
                SEARCH,
                height,
                left=start,
                color=style.BLUE,
                edgecolor="white" if parts > 1 else style.BLUE,
                linewidth=0.6,
            )
        start += SEARCH
    ax.text(start + 0.05, row, f"{start:.1f} s", va="center")
ax.annotate("three searches\nat once", (0.9, 1.2), (1.3, 1.6), va="center", arrowprops=style.LEADER)
ax.annotate("search", (0.05, 3.2), (0.5, 3.3), va="center", arrowprops=style.LEADER)
ax.set(
    yticks=range(4),
    yticklabels=[name for name, _ in reversed(ROWS)],
    xlabel="seconds before writing begins",
    xlim=(0, 2.25),
)
ax.tick_params(axis="y", length=0)
style.save(fig, __file__)
