"""Four slots of a server: a batch that waits for its longest answer, and one whose free slots are refilled."""

from matplotlib.patches import Rectangle

import style

LENGTHS = (2, 3, 5, 12, 4, 6, 3, 7, 5, 4)
SLOTS, END = 4, 24
COLORS = (style.BLUE, style.SKY)


def fixed() -> list[tuple[int, int, int, int]]:
    """Slot, start, length and number of each answer if a batch is closed until its longest ends."""
    out, start = [], 0
    for first in range(0, len(LENGTHS), SLOTS):
        batch = LENGTHS[first : first + SLOTS]
        out += [(slot, start, n, first + slot) for slot, n in enumerate(batch)]
        start += max(batch)
    return out


def refilled() -> list[tuple[int, int, int, int]]:
    """The same if the next answer takes the first slot that becomes free."""
    free, out = [0] * SLOTS, []
    for number, n in enumerate(LENGTHS):
        slot = min(range(SLOTS), key=lambda s: free[s])
        out.append((slot, free[slot], n, number))
        free[slot] += n
    return out


fig, panels = style.axes(2.2, nrows=2, sharex=True)
for ax, bars, name in zip(panels, (fixed(), refilled()), ("fixed batches", "continuous batching"), strict=True):
    ax.add_patch(Rectangle((0, -0.45), END, SLOTS - 0.1, facecolor=style.SHADE, linewidth=0))
    for slot, start, n, number in bars:
        n = min(n, END - start)
        if n > 0:
            color = COLORS[number % 2]
            ax.add_patch(Rectangle((start, slot - 0.4), n, 0.8, facecolor=color, edgecolor="white", linewidth=0.7))
            ax.text(
                start + n / 2,
                slot,
                str(number + 1),
                ha="center",
                va="center",
                color="white" if color == style.BLUE else style.INK,
            )
    ax.set(xlim=(0, END), ylim=(SLOTS - 0.5, -0.6), yticks=range(SLOTS), yticklabels=range(1, SLOTS + 1), ylabel="slot")
    ax.set_xticks(range(0, END + 1, 4))
    ax.set_title(name, loc="left", pad=2)
panels[1].set(xlabel="decoding step (gray: slot idle)")
style.save(fig, __file__)
