"""The three roles that a third variable can have beside a cause and an outcome, and what adjusting for it does."""

import style

LEFT, RIGHT, LOW, HIGH = 0.0, 2.2, 0.0, 1.5
#: Who points at whom: "up" from what stands below to what stands above.
ROLES = (
    ("confounder", "heat", "ice cream", "drownings", ("down", "down"), "linked until you\nadjust for it"),
    ("mediator", "blood pressure", "drug", "stroke", ("up", "down"), "adjusting hides\nthe effect"),
    ("collider", "fame", "talent", "looks", ("up", "up"), "adjusting creates\na link"),
)

fig, panels = style.axes(ncols=3)
for ax, (role, third, cause, outcome, arrows, note) in zip(panels, ROLES, strict=True):
    middle = (LEFT + RIGHT) / 2
    for x, y, name in ((middle, HIGH, third), (LEFT, LOW, cause), (RIGHT, LOW, outcome)):
        ax.text(x, y - 0.13, name, ha="center", va="baseline", color=style.BLUE if name == third else style.INK)
    for x, way in zip((LEFT, RIGHT), arrows, strict=True):
        low, high = (x + 0.12 * (middle - x), LOW + 0.28), (x + 0.82 * (middle - x), HIGH - 0.26)
        start, end = (low, high) if way == "up" else (high, low)
        arrow = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", end, start, arrowprops=arrow)
    ax.text(middle, HIGH + 0.6, role, ha="center", va="baseline", fontweight="bold")
    ax.text(middle, LOW - 0.85, note, ha="center", va="center", color=style.ORANGE)
    ax.set(xlim=(-0.75, 2.95), ylim=(-1.35, 2.6))
    ax.axis("off")
style.save(fig, __file__)
