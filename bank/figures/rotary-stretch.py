"""How far three methods slow each rotary pair when a context of 8,192 tokens is extended to 131,072."""

import math

import numpy as np

import style

WIDTH, BASE, TRAINED, FACTOR = 128, 10_000, 8_192, 16
pair = np.arange(WIDTH // 2)


def bound(turns: float) -> float:
    """Return the pair, as a real number, that turns so often within the trained length."""
    return WIDTH * math.log(TRAINED / (turns * 2 * math.pi)) / (2 * math.log(BASE))


low, high = math.floor(bound(32)), math.ceil(bound(1))
ramp = np.clip((pair - low) / (high - low), 0, 1)
yarn = 1 / (1 - ramp + ramp / FACTOR)
base = FACTOR ** (2 * pair / (WIDTH - 2))

fig, ax = style.axes()
ax.axvspan(high - 0.5, 63.5, color=style.SHADE, zorder=0)
ax.semilogy(pair, np.full(len(pair), FACTOR), **style.LINES[3])
ax.semilogy(pair, base, **style.LINES[1])
ax.semilogy(pair, yarn, **style.LINES[0])
ax.text(1, 17.2, "position interpolation", va="bottom")
ax.text(18.5, 3.1, "larger base", color=style.ORANGE, ha="right", va="bottom")
ax.text(36, 1.08, "YaRN", color=style.BLUE, va="bottom")
ax.text(57, 1.02, "no full turn\nin training", ha="center", va="bottom")
ax.set(xlim=(-1, 64), ylim=(0.93, 24), yticks=[1, 2, 4, 8, 16], yticklabels=["1", "2", "4", "8", "16"])
ax.minorticks_off()
ax.set_xlabel("pair of components, fast to slow")
ax.set_ylabel("a turn takes longer by factor")
style.save(fig, __file__)
