"""BLEU and ROUGE of two answers to one reference: the false one copies its words, the right one does not."""

import math
from collections import Counter

import numpy as np

import style

REFERENCE = "the drug is safe for children under twelve".split()
FALSE = "the drug is not safe for children under twelve".split()
RIGHT = "kids below twelve can take this medicine safely".split()


def grams(words: list[str], n: int) -> Counter[tuple[str, ...]]:
    """Return how often each sequence of n words occurs."""
    return Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))


def bleu(words: list[str]) -> float:
    """Return BLEU with sequences of one to four words, against the reference."""
    shares = [(grams(words, n) & grams(REFERENCE, n)).total() / (len(words) - n + 1) for n in range(1, 5)]
    return min(1, math.exp(1 - len(REFERENCE) / len(words))) * math.prod(shares) ** 0.25


def rouge1(words: list[str]) -> float:
    """Return the share of the reference's words that occur in the answer."""
    return (grams(words, 1) & grams(REFERENCE, 1)).total() / len(REFERENCE)


def longest(a: list[str], b: list[str]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for word in a:
        last = row[:]
        for j, other in enumerate(b):
            row[j + 1] = last[j] + 1 if word == other else max(last[j + 1], row[j])
    return row[-1]


measures = (bleu, rouge1, lambda words: longest(words, REFERENCE) / len(REFERENCE))
place = np.arange(3)

fig, ax = style.axes(1.9)
for words, shift, color, hatch in ((FALSE, -0.19, style.ORANGE, ""), (RIGHT, 0.19, style.SKY, "//")):
    values = [measure(words) for measure in measures]
    ax.bar(place + shift, values, 0.36, color=color, hatch=hatch, edgecolor="white", linewidth=0)
    for x, value in zip(place + shift, values, strict=True):
        ax.text(x, value + 0.02, f"{value:.3g}", ha="center", va="bottom")
ax.text(-0.45, 1.4, "orange: … is not safe for children under twelve", color=style.ORANGE)
ax.text(-0.45, 1.22, "light: kids below twelve can take this medicine safely", color=style.BLUE)
ax.text(-0.45, 1.58, "reference: the drug is safe for children under twelve")
ax.set(xlim=(-0.5, 2.5), ylim=(0, 1.75), xticks=place, xticklabels=["BLEU", "ROUGE-1", "ROUGE-L"])
ax.set(yticks=[0, 0.5, 1], ylabel="score")
style.save(fig, __file__)
