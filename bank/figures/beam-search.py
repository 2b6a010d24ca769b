"""Two steps of beam search of width 2: which partial texts are kept, which are dropped."""

import style

FIRST = {"the": 0.5, "a": 0.4, "one": 0.1}
NEXT = {"the": {"cat": 0.4, "dog": 0.3, "man": 0.3}, "a": {"bird": 0.9, "cat": 0.1}}
WIDTH = 2


def kept(texts: dict[str, float]) -> list[str]:
    """Return the most probable partial texts."""
    return sorted(texts, key=lambda text: -texts[text])[:WIDTH]


second = {f"{a} {b}": FIRST[a] * p for a in kept(FIRST) for b, p in NEXT[a].items()}
LEVELS = {
    "the": 3.1,
    "a": 0.95,
    "one": -0.35,
    "the cat": 4,
    "the dog": 3.1,
    "the man": 2.2,
    "a bird": 1.3,
    "a cat": 0.4,
}
START = (0.0, 1.8)

fig, ax = style.axes()
ax.text(*START, "start", ha="center", va="center")
for texts, x in ((FIRST, 1.4), (second, 3.1)):
    best = kept(texts)
    for text, probability in texts.items():
        y, good, first = LEVELS[text], text in best, " " not in text
        origin = (0.3, START[1]) if first else (2.25 if text.startswith("the") else 2.05, LEVELS[text.split()[0]])
        look = style.LINES[0] if good else {"color": style.GRAY, "linestyle": (0, (2, 2)), "linewidth": 0.8}
        ax.plot((origin[0], x - 0.06), (origin[1], y), **look)
        color, weight = (style.BLUE, "bold") if good else (style.GRAY, "normal")
        ax.text(x, y, f"{text} {probability:.2f}", va="center", color=color, weight=weight)
for text, x, note in (
    ("the cat", 4.5, "kept; greedy\nends here"),
    ("the dog", 4.5, "dropped"),
    ("the man", 4.5, "dropped"),
    ("a bird", 4.5, "kept, best"),
    ("a cat", 4.5, "dropped"),
    ("one", 2.3, "dropped"),
):
    ax.text(x, LEVELS[text], note, va="center")
ax.set(xlim=(-0.3, 5.6), ylim=(-0.7, 4.4))
ax.axis("off")
style.save(fig, __file__)
