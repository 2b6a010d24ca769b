"""Five examples as rows of eight tokens: one per row with padding, and packed; only answer tokens count in the loss."""

from matplotlib.patches import Rectangle

import style

ROW = 8
EXAMPLES = {"A": (3, 2), "B": (1, 2), "C": (2, 2), "D": (1, 1), "E": (1, 1)}  # tokens of prompt and answer
PADDED = [["A"], ["B"], ["C"], ["D"], ["E"]]
PACKED = [["A", "B"], ["C", "D", "E"]]

fig, ax = style.axes()


def cell(x, y, color, hatch=None):
    """Draw one token."""
    ax.add_patch(Rectangle((x, y), 1, 1, facecolor=color, edgecolor="white", linewidth=0.8, hatch=hatch))


def rows(layout, left):
    """Draw rows of examples from the top, each token a cell."""
    for y, names in enumerate(layout):
        x = left
        for name in names:
            prompt, answer = EXAMPLES[name]
            for place in range(prompt + answer):
                cell(x + place, -y, style.SKY if place < prompt else style.BLUE)
            ax.text(x + 0.5, 0.5 - y, name, ha="center", va="center")
            if x > left:
                ax.plot([x, x], [-y, 1 - y], color=style.ORANGE, linewidth=1.6)
            x += prompt + answer
        for empty in range(x, left + ROW):
            cell(empty, -y, style.SHADE)


rows(PADDED, 0)
rows(PACKED, 10)
ax.text(4, 1.3, "padded: 40 places, 16 used", ha="center")
ax.text(14, 1.3, "packed: 16 places, 16 used", ha="center")
for y, color, text in (
    (-3.2, style.SKY, "prompt: no loss"),
    (-4.3, style.BLUE, "answer: loss"),
    (-5.4, style.SHADE, "padding: no loss"),
):
    cell(10.3, y, color)
    ax.text(11.7, y + 0.5, text, va="center")
ax.plot([10.8, 10.8], [-6.5, -5.6], color=style.ORANGE, linewidth=1.6)
ax.text(11.7, -6.05, "border: no attention", va="center")
ax.set(xlim=(-0.2, 18.4), ylim=(-6.7, 2))
ax.axis("off")
style.save(fig, __file__)
