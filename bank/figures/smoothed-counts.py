"""What may follow "dog": by counts alone, with one added to each count, and mixed with the single words."""

from collections import Counter
from itertools import pairwise

import numpy as np

import style

SENTENCES = ("the cat sleeps", "the cat eats", "the dog sleeps")
END = "end"
WORDS = ("sleeps", "eats", "the", "cat", "dog", END)

texts = [["start", *sentence.split(), END] for sentence in SENTENCES]
pairs = Counter(pair for text in texts for pair in pairwise(text))
singles = Counter(word for text in texts for word in text[1:])
after = np.array([pairs["dog", word] for word in WORDS])
share = np.array([singles[word] for word in WORDS]) / singles.total()
ways = (
    ("counts alone", after / after.sum(), style.INK, ""),
    ("one added", (after + 1) / (after.sum() + len(WORDS)), style.ORANGE, ""),
    ("mixed, 0.8 and 0.2", 0.8 * after / after.sum() + 0.2 * share, style.SKY, "//"),
)
place = np.arange(len(WORDS))

fig, ax = style.axes()
for i, (label, values, color, hatch) in enumerate(ways):
    ax.bar(place + 0.27 * (i - 1), values, 0.25, color=color, hatch=hatch, edgecolor="white", linewidth=0, label=label)
ax.legend(loc="upper right")
ax.set(xlim=(-0.5, 5.5), ylim=(0, 1.05), xticks=place, xticklabels=WORDS, yticks=[0, 0.5, 1])
ax.set_xlabel('next word after "dog"')
ax.set_ylabel("probability")
style.save(fig, __file__)
