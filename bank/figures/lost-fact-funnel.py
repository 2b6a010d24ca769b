"""A hundred wrong answers sorted by the first stage that lost the fact: what is left after each question."""

import style

GROUPS = (  # the question that sorts the group out, its size
    ("really wrong?", 10),
    ("in a document?", 15),
    ("legible in a chunk?", 15),
    ("among first 50?", 30),
    ("in the prompt?", 10),
    ("used by the model?", 20),
)
fig, ax = style.axes()
left = 100
for row, (_, size) in enumerate(GROUPS):
    ax.barh(row, left - size, 0.62, color=style.PALE, edgecolor=style.INK, linewidth=0.6)
    ax.barh(row, size, 0.62, left=left - size, color=style.ORANGE, edgecolor=style.INK, linewidth=0.6)
    ax.text(left + 1.5, row, f"no: {size}", va="center")
    left -= size
ax.set(
    yticks=range(len(GROUPS)),
    yticklabels=[name for name, _ in GROUPS],
    ylim=(len(GROUPS) - 0.5, -0.6),
    xlim=(0, 122),
    xticks=(0, 20, 40, 60, 80, 100),
    xlabel="wrong answers still unexplained (of 100)",
)
ax.tick_params(axis="y", length=0)
style.save(fig, __file__)
