"""Memory of the models that each method holds at 7 billion weights: a trained weight takes 16 bytes, a frozen one 2."""

import style

METHODS = {
    "SFT": ["model"],
    "DPO, KTO": ["model", "reference"],
    "GRPO, checker": ["model", "reference"],
    "PPO": ["model", "critic", "reference", "reward model"],
}
PARTS = {  # gigabytes and color
    "model": (112, style.BLUE),
    "critic": (112, style.ORANGE),
    "reference": (14, style.SKY),
    "reward model": (14, style.SHADE),
}

fig, ax = style.axes()
for row, parts in enumerate(METHODS.values()):
    start = 0
    for part in parts:
        size, color = PARTS[part]
        ax.barh(row, size, left=start, color=color, edgecolor=style.INK, linewidth=0.5, height=0.6)
        start += size
    ax.text(start + 4, row, f"{start}", va="center")
handles = [ax.barh(9, 1, color=color, edgecolor=style.INK, linewidth=0.5) for _, color in PARTS.values()]
labels = ["model (trained)", "critic (trained)", "reference (frozen)", "reward model (frozen)"]
ax.legend(handles, labels, loc="upper right", bbox_to_anchor=(1.02, 0.78))
ax.set_yticks(range(len(METHODS)), list(METHODS))
ax.set(xlim=(0, 350), ylim=(3.6, -0.6), xlabel="GB at 7 billion weights, no activations")
style.save(fig, __file__)
