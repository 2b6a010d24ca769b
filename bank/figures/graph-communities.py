"""Six entities in two communities, the report on each, and the answer made of both."""

from matplotlib.patches import Ellipse, FancyBboxPatch

import style

PLACES = {
    "pump": (1.0, 4.35),
    "seal": (0.55, 3.35),
    "supplier A": (2.05, 3.5),
    "server": (0.95, 1.75),
    "update": (0.6, 0.75),
    "database": (2.05, 0.95),
}
LINKS = ("pump seal", "pump supplier A", "seal supplier A", "server update", "server database", "update database")

fig, ax = style.axes()
for height in (3.75, 1.15):
    ax.add_patch(Ellipse((1.25, height), 3.0, 2.1, facecolor=style.PALE, edgecolor="none", zorder=0))
for first, second in [(link.split(" ", 1)) for link in LINKS] + [("seal", "server")]:
    (a, b), (c, d) = PLACES[first], PLACES[second]
    ax.plot([a, c], [b, d], color=style.BLUE, linewidth=0.8, zorder=1)
for name, (x, y) in PLACES.items():
    ax.text(x, y, name, ha="center", va="center", bbox={"facecolor": "white", "pad": 1.5, "linewidth": 0.5})
for text, x, y in (
    ("report 1:\nseals of one\nsupplier leak", 3.75, 3.05),
    ("report 2:\nupdates stop\nthe database", 3.75, 0.45),
    ("answer:\ntwo causes,\nwith sources", 6.6, 1.75),
):
    box = FancyBboxPatch(
        (x, y), 1.85, 1.4, boxstyle="round,pad=0.08", facecolor="white", edgecolor=style.INK, linewidth=0.7
    )
    ax.add_patch(box)
    ax.text(x + 0.925, y + 0.7, text, ha="center", va="center")
line = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
for start, end in (
    ((2.8, 3.75), (3.65, 3.75)),
    ((2.8, 1.15), (3.65, 1.15)),
    ((5.7, 3.6), (6.5, 2.85)),
    ((5.7, 1.3), (6.5, 2.05)),
):
    ax.annotate("", end, start, arrowprops=line)
ax.text(1.25, 4.95, "communities", ha="center", color=style.GRAY)
ax.text(4.68, 4.95, "written in advance", ha="center", color=style.GRAY)
ax.text(7.5, 4.95, "per question", ha="center", color=style.GRAY)
ax.set(xlim=(-0.35, 8.65), ylim=(0, 5.3))
ax.axis("off")
style.save(fig, __file__)
