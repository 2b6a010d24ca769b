"""What all figures share: size, colors that stay apart in grayscale, and SVG files of reproducible bytes.

A figure is a script beside this one. It draws with `fig, ax = style.axes()`, takes its lines from `style.LINES`
(a color never stands alone: each has a line style of its own), and ends with `style.save(fig, __file__)`,
which writes the SVG of the same name. A figure has the width of a column and the type of a sheet, so neither is
set in a script; `style.axes(2.1)` is higher, for what needs room. Text is at least 4.5:1 against white, lines are 3:1.
"""

import re
import warnings
from io import StringIO
from pathlib import Path

import matplotlib

matplotlib.use("svg")

import matplotlib.pyplot as plt
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

WIDTH, HEIGHT = 3.35, 1.7  # inches, 85 mm by 43 mm: as wide as a column of a sheet, and as high as a sheet prints it

INK, GRAY = "#222222", "#767676"
BLUE, ORANGE, SKY = "#0b4f8a", "#c65102", "#4a98d0"  # dark, middle, light: apart in grayscale and to the color-blind
PALE, SHADE = "#dbe7f1", "#ececec"  # surfaces behind lines: bands and regions, marked ranges
LEADER = {"arrowstyle": "-", "linewidth": 0.5}  # from a label to what it names
LINES = (
    {"color": BLUE, "linestyle": "-"},
    {"color": ORANGE, "linestyle": (0, (5, 2))},
    {"color": SKY, "linestyle": (0, (5, 1.5, 1, 1.5))},
    {"color": INK, "linestyle": (0, (1, 1.5))},
)

FAMILY = "Roboto Condensed"  # the font of the sheets, from the files that are shipped and from nowhere else
warnings.filterwarnings("error", "Glyph|constrained_layout")  # a character that the font lacks; no room for the axes
fonts = font_manager.fontManager
fonts.ttflist = [font for font in fonts.ttflist if font.name != FAMILY]
for file in sorted((Path(__file__).parents[2] / "templates" / "cheatsheet" / "fonts").glob("*.ttf")):
    fonts.addfont(file)

plt.rcParams.update(
    {
        "svg.fonttype": "path",
        "svg.hashsalt": "qbank",
        "figure.constrained_layout.use": True,
        "figure.facecolor": "white",
        "figure.dpi": 72,  # as SVG is written, so that what is measured is what is drawn
        "font.family": FAMILY,
        "mathtext.fontset": "cm",  # letters have the shape that they have in the formulas of a sheet
        "font.size": 8,
        "text.color": INK,
        "axes.edgecolor": INK,
        "axes.labelcolor": INK,
        "axes.labelsize": "medium",
        "axes.labelpad": 2,
        "axes.titlesize": "medium",
        "axes.titlepad": 3,
        "figure.titlesize": "medium",
        "figure.labelsize": "medium",
        "axes.linewidth": 0.7,
        "axes.prop_cycle": plt.cycler(color=[line["color"] for line in LINES]),
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.color": INK,
        "ytick.color": INK,
        "xtick.labelsize": 7.5,
        "ytick.labelsize": 7.5,
        "xtick.major.pad": 2,
        "ytick.major.pad": 2,
        "xtick.major.size": 2.5,
        "ytick.major.size": 2.5,
        "lines.linewidth": 1.5,
        "legend.fontsize": "medium",
        "legend.labelspacing": 0.2,
        "legend.borderpad": 0.2,
        "legend.borderaxespad": 0.2,
        "legend.handlelength": 2.2,
        "legend.handletextpad": 0.5,
        "legend.frameon": False,
    }
)


def axes(height: float = HEIGHT, **options: object) -> tuple[Figure, Axes]:
    """Return a figure as wide as a column, `height` inches high, and its axes; `plt.subplots` takes the options."""
    return plt.subplots(figsize=(WIDTH, height), **options)


def bare(ax: Axes) -> None:
    """Leave of axes with cells their title and labels: no ticks, no lines around, squares as squares."""
    ax.set(xticks=[], yticks=[])
    ax.set_aspect("equal")
    for side in ax.spines.values():
        side.set_visible(False)


def save(fig: Figure, script: str) -> Path:
    """Write the figure beside its script as SVG: no date, no metadata, no address, text as outlines.

    Raises `ValueError` where a label reaches over the edge of the figure.
    """
    for label in fig.findobj(Text):
        label.set_linespacing(1)  # of the font's own height, as the lines of a sheet
    text = StringIO()
    fig.savefig(text, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    drawn = fig.get_tightbbox()
    if fig.bbox_inches.padded(0.01).count_contains(drawn.corners()) < 4:
        raise ValueError(f"a label reaches over the edge of the figure: inches {drawn.extents}")
    svg = re.sub(r"<!DOCTYPE.*?>\n?|\s*<metadata>.*?</metadata>", "", text.getvalue(), flags=re.DOTALL)
    path = Path(script).with_suffix(".svg")
    path.write_text(re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE), encoding="utf-8", newline="\n")
    plt.close(fig)
    return path
