"""A hundred families of each kind: those with a girl, and those of which one random child is met and is a girl."""

import style

KINDS = ("GG", "GB", "BG", "BB")
fig, axs = style.axes(ncols=2, sharey=True)
cases = (("at least one is a girl", (100, 100, 100, 0)), ("a random child is a girl", (100, 50, 50, 0)))
for ax, (title, counts) in zip(axs, cases, strict=True):
    ax.bar(range(4), [100] * 4, width=0.75, color=style.SHADE)
    for at, count in enumerate(counts):
        face, hatch = (style.BLUE, "") if at == 0 else (style.SKY, "////")
        ax.bar(at, count, width=0.75, color=face, hatch=hatch, edgecolor="white", linewidth=0)
        ax.text(at, max(count, 0) + 3, str(count), ha="center", va="bottom")
    ax.set_xticks(range(4), KINDS)
    ax.set(ylim=(0, 118), yticks=[0, 50, 100])
    ax.set_title(title)
    ax.set_xlabel(f"two girls: {counts[0]} of {sum(counts)}")
axs[0].set_ylabel("families")
style.save(fig, __file__)
