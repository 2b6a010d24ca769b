"""Which test: by the kind of outcome, then by the number of groups; the last column only uses ranks."""

from matplotlib.patches import FancyBboxPatch

import style

fig, ax = style.axes()


def box(x, y, width, text, face):
    ax.add_patch(
        FancyBboxPatch(
            (x, y - 0.36), width, 0.72, boxstyle="round,pad=0.04", facecolor=face, edgecolor=style.INK, linewidth=0.7
        )
    )
    ax.text(x + width / 2, y, text, ha="center", va="center")


ROWS = (
    (4.0, "any number", "chi-squared", ""),
    (3.0, "2, yes or no", "z or chi-squared", ""),
    (1.9, "pairs", "t on differences", "Wilcoxon"),
    (0.9, "2", "Welch's t", "Mann-Whitney"),
    (-0.1, "3 or more", "ANOVA", "Kruskal-Wallis"),
)
STARTS = {"categories": (3.5, ROWS[:2]), "numbers": (0.9, ROWS[2:])}
line = {"arrowstyle": "-|>", "color": style.BLUE, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0}
for name, (height, rows) in STARTS.items():
    box(0, height, 1.6, name, "white")
    for y, *_ in rows:
        ax.annotate("", (2.2, y), (1.65, height), arrowprops=line)
for y, groups, test, ranks in ROWS:
    box(2.25, y, 1.85, groups, "white")
    ax.annotate("", (4.55, y), (4.15, y), arrowprops=line)
    box(4.6, y, 2.3, test, style.PALE)
    if ranks:
        box(7.25, y, 2.1, ranks, style.SHADE)
for x, head in ((0.8, "outcome"), (3.175, "groups"), (5.75, "test"), (8.3, "if only the\norder counts")):
    ax.text(x, 4.75, head, ha="center", va="center", weight="bold")
ax.set(xlim=(-0.1, 9.45), ylim=(-0.6, 5.2))
ax.axis("off")
style.save(fig, __file__)
