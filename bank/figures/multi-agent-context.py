"""Tokens in each context at the end: one agent that reads twenty sources, or a lead with four workers of five."""

import style

PROMPT, SOURCE, SUMMARY, SOURCES, WORKERS = 2_000, 3_000, 500, 20, 4
NAMES = ["one\nagent", "lead"] + [f"worker\n{i + 1}" for i in range(WORKERS)]
X = [0, 1.7, 2.7, 3.7, 4.7, 5.7]
PARTS = [SOURCES * SOURCE, WORKERS * SUMMARY] + [SOURCES // WORKERS * SOURCE] * WORKERS

fig, ax = style.axes()
ax.bar(X, [PROMPT / 1000] * len(X), 0.72, color=style.BLUE)
ax.bar(X, [part / 1000 for part in PARTS], 0.72, bottom=PROMPT / 1000, color=style.PALE, edgecolor=style.BLUE, lw=0.7)
for x, part in zip(X, PARTS, strict=True):
    ax.text(x, (PROMPT + part) / 1000 + 1, f"{PROMPT + part:,}", ha="center")
ax.text(4.2, 30, "each worker returns a\nsummary of 500 tokens to the lead", ha="center")
ax.text(0.5, 40, "pale: what was read,\ndark: instructions")
ax.set(xticks=X, xticklabels=NAMES, ylim=(0, 70), yticks=[0, 20, 40, 60], ylabel="thousand tokens in context")
style.save(fig, __file__)
