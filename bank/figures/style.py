"""What all figures share: size, colors that stay apart in grayscale, and SVG files of reproducible bytes.

A figure is a script beside this one. It draws with `fig, ax = style.axes()`, takes its lines from `style.LINES`
(a color never stands alone: each has a line style of its own), and ends with `style.save(fig, __file__)`,
which writes the SVG of the same name.
"""

import re
from io import StringIO
from pathlib import Path

import matplotlib

matplotlib.use("svg")

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

SIZE = (3.4, 2.2)  # inches: one column of a sheet, and readable on a telephone

INK, GRAY = "#222222", "#767676"
BLUE, ORANGE, SKY = "#0b4f8a", "#c65102", "#6fb1e0"  # dark, middle, light: apart in grayscale and to the color-blind
PALE, SHADE = "#dbe7f1", "#ececec"  # surfaces behind lines: bands and regions, marked ranges
LEADER = {"arrowstyle": "-", "linewidth": 0.5}  # from a label to what it names
LINES = (
    {"color": BLUE, "linestyle": "-"},
    {"color": ORANGE, "linestyle": (0, (5, 2))},
    {"color": SKY, "linestyle": (0, (5, 1.5, 1, 1.5))},
    {"color": INK, "linestyle": (0, (1, 1.5))},
)

plt.rcParams.update(
    {
        "svg.fonttype": "path",
        "svg.hashsalt": "qbank",
        "figure.figsize": SIZE,
        "figure.constrained_layout.use": True,
        "figure.facecolor": "white",
        "font.family": "DejaVu Sans",  # it comes with matplotlib: the same outlines on every machine
        "mathtext.fontset": "dejavusans",
        "font.size": 7.5,
        "text.color": INK,
        "axes.edgecolor": INK,
        "axes.labelcolor": INK,
        "axes.labelsize": 8,
        "axes.linewidth": 0.7,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.color": INK,
        "ytick.color": INK,
        "xtick.labelsize": 7,
        "ytick.labelsize": 7,
        "lines.linewidth": 1.5,
        "legend.frameon": False,
    }
)


def axes(**options: object) -> tuple[Figure, Axes]:
    """Return a figure of the common size and its axes; the options are those of `plt.subplots`."""
    return plt.subplots(**options)


def bare(ax: Axes) -> None:
    """Leave of axes with cells their title and labels: no ticks, no lines around, squares as squares."""
    ax.set(xticks=[], yticks=[])
    ax.set_aspect("equal")
    for side in ax.spines.values():
        side.set_visible(False)


def save(fig: Figure, script: str) -> Path:
    """Write the figure beside its script as SVG: no date, no metadata, no address, text as outlines."""
    text = StringIO()
    fig.savefig(text, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    svg = re.sub(r"<!DOCTYPE.*?>\n?|\s*<metadata>.*?</metadata>", "", text.getvalue(), flags=re.DOTALL)
    path = Path(script).with_suffix(".svg")
    path.write_text(re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE), encoding="utf-8", newline="\n")
    plt.close(fig)
    return path
