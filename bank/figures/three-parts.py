"""Training, validation and test part: which decisions each of them may see."""

from matplotlib.patches import Rectangle

import style

PARTS = (
    ("training", 0.6, style.PALE, "fit the weights,\nthe scaler, the encoder"),
    ("validation", 0.2, style.SKY, "choose model,\nsettings, threshold"),
    ("test", 0.2, style.ORANGE, "report\nonce"),
)
fig, ax = style.axes()
begin = 0.0
for name, share, color, use in PARTS:
    ax.add_patch(Rectangle((begin, 0), share, 0.5, facecolor=color, edgecolor=style.INK, linewidth=0.8))
    ax.text(
        begin + share / 2,
        0.25,
        f"{name}\n{100 * share:.0f}%",
        ha="center",
        va="center",
        color="white" if name == "test" else style.INK,
    )
    ax.text(begin + share / 2, -0.12, use, ha="center", va="top")
    begin += share
for start, end in ((0.3, 0.7), (0.7, 0.9)):
    ax.annotate(
        "",
        (end, 0.56),
        (start, 0.56),
        arrowprops={"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "connectionstyle": "arc3,rad=-0.35"},
    )
ax.text(0.5, 0.92, "nothing flows back", ha="center", color=style.BLUE)
ax.set(xlim=(-0.02, 1.02), ylim=(-0.6, 1.05))
ax.axis("off")
style.save(fig, __file__)
