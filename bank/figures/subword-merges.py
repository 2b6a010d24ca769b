"""Byte-pair encoding of four words: what three merges make of them, and how many tokens are left."""

from collections import Counter

from matplotlib.patches import Rectangle

import style

WORDS = {"cat": 5, "cats": 3, "hat": 4, "chat": 2}
MERGES = 3


def merged(symbols: tuple[str, ...], pair: tuple[str, str]) -> tuple[str, ...]:
    """Join every occurrence of a pair."""
    made: list[str] = []
    for symbol in symbols:
        if made and (made[-1], symbol) == pair:
            made[-1] += symbol
        else:
            made.append(symbol)
    return tuple(made)


split = {word: tuple(word) for word in WORDS}
rows = [("letters", dict(split))]
for _ in range(MERGES):
    pairs = Counter()
    for word, count in WORDS.items():
        for pair in zip(split[word], split[word][1:], strict=False):
            pairs[pair] += count
    best = max(pairs, key=pairs.__getitem__)
    split = {word: merged(symbols, best) for word, symbols in split.items()}
    rows.append((" + ".join(best), dict(split)))

fig, ax = style.axes()
STARTS = {"cat": 3.2, "cats": 7.4, "hat": 12.6, "chat": 16.8}
for word, count in WORDS.items():
    ax.text(STARTS[word] + len(word) / 2, 0.6, f"{count} times", ha="center", va="center", color=style.GRAY)
for n, (name, words) in enumerate(rows):
    y = -1.1 * n - 0.5
    ax.text(0, y, name, va="center")
    for word, symbols in words.items():
        x = STARTS[word]
        for symbol in symbols:
            face = style.PALE if len(symbol) > 1 else "white"
            ax.add_patch(
                Rectangle((x, y - 0.38), len(symbol), 0.76, facecolor=face, edgecolor=style.INK, linewidth=0.7)
            )
            ax.text(x + len(symbol) / 2, y - 0.02, symbol, ha="center", va="center")
            x += len(symbol)
    total = sum(WORDS[word] * len(symbols) for word, symbols in words.items())
    ax.text(23.2, y, f"{total}", ha="right", va="center", color=style.BLUE)
ax.text(23.2, 0.6, "tokens", ha="right", va="center", color=style.BLUE)
ax.set(xlim=(-0.2, 23.4), ylim=(-4.4, 1.1))
ax.axis("off")
style.save(fig, __file__)
