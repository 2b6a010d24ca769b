"""What buyers of a tent also bought: milk leads in counts, the sleeping bag by the cosine."""

import numpy as np

import style

TENT = 100
ITEMS = {"milk": (5_000, 60), "sleeping bag": (80, 40)}  # all buyers, and those among the tent's

names = [f"{name}\n({buyers:,} buyers)" for name, (buyers, _) in ITEMS.items()]
common = [both for _, both in ITEMS.values()]
cosines = [both / np.sqrt(TENT * buyers) for buyers, both in ITEMS.values()]

fig, panels = style.axes(1.3, ncols=2, sharey=True)
for ax, values, head, form in (
    (panels[0], common, f"of {TENT} tent buyers", "{:.0f}"),
    (panels[1], cosines, "cosine with the tent", "{:.2f}"),
):
    best = max(values)
    for at, value in enumerate(values):
        color = style.ORANGE if value == best else style.PALE
        ax.barh(at, value, height=0.55, color=color, edgecolor=style.INK, linewidth=0.5)
        ax.text(value + 0.04 * best, at, form.format(value), va="center")
    ax.set_title(head)
    ax.set(xlim=(0, 1.25 * best), ylim=(1.5, -0.5), xticks=[], yticks=range(len(names)), yticklabels=names)
    ax.tick_params(axis="y", length=0)
    ax.spines["bottom"].set_visible(False)
style.save(fig, __file__)
